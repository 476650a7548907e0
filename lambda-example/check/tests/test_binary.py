"""What is said of binaries that do not run on Amazon Linux 2023, or at all."""

from __future__ import annotations

import platform
import shutil
from pathlib import Path

import pytest

from check.__main__ import main
from check.binary import Need

LS = shutil.which("ls") or "ls"
HERE = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
ELSEWHERE = "x86_64" if HERE == "arm64" else "arm64"


def test_a_binary_of_this_machine_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["binary", LS, "--architecture", HERE, "--glibc", "2.99"]) == 0
    assert capsys.readouterr().err == ""


def test_a_newer_glibc_is_told_with_the_symbols_that_need_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["binary", LS, "--glibc", "2.2"]) == 1
    lines = capsys.readouterr().err.splitlines()
    start = next(line for line in lines if line.startswith(f"{LS}: __libc_start_main: needs GLIBC_2."))
    assert start.endswith("; allowed is up to GLIBC_2.2")


def test_another_architecture(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["binary", LS, "--architecture", ELSEWHERE, "--glibc", "2.99"]) == 1
    assert capsys.readouterr().err == f"{LS}: header: is for {HERE}; allowed is {ELSEWHERE}\n"


def test_what_is_no_elf_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "bootstrap"
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    assert main(["binary", str(script)]) == 1
    assert capsys.readouterr().err == f"{script}: is no ELF executable: Magic number does not match\n"


def test_what_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["binary", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none'}: cannot be read: No such file or directory\n"


@pytest.mark.parametrize(
    ("version", "limit", "met"),
    [
        ("GLIBC_2.34", "2.34", True),
        ("GLIBC_2.2.5", "2.34", True),
        ("GLIBC_2.9", "2.34", True),
        ("GLIBC_2.35", "2.34", False),
        ("GLIBC_3.0", "2.34", False),
        ("GLIBC_ABI_DT_RELR", "2.34", False),
    ],
)
def test_versions_compare_as_numbers(version: str, limit: str, met: bool) -> None:
    assert Need("symbol", version).is_met_by(limit) is met
