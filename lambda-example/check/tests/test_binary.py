"""Binaries that do not run on Amazon Linux 2023, or at all, are reported."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from check.__main__ import main
from check.binary import is_in_glibc
from check.emulator import ARCHITECTURE

ELSEWHERE = "x86_64" if ARCHITECTURE == "arm64" else "arm64"


def copy_binary(folder: Path, newest: bytes) -> str:
    """Copies a binary of this machine and returns the path of the copy.

    The copy needs the glibc `newest` instead of every version from 2.10 on, whichever the machine
    has.
    """
    binary = Path(shutil.which("ls") or "ls").read_bytes()
    copy = folder / "bootstrap"
    copy.write_bytes(
        re.sub(
            rb"GLIBC_(ABI_\w+|2\.\d\d)(?=\0)",
            lambda name: newest.ljust(len(name[0]), b"\0"),
            binary,
        )
    )
    return str(copy)


def test_a_binary_for_amazon_linux_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["binary", copy_binary(tmp_path, b"GLIBC_2.34"), "--architecture", ARCHITECTURE]) == 0
    )
    assert capsys.readouterr().err == ""


def test_a_newer_glibc_is_reported_with_the_symbols_that_need_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    binary = copy_binary(tmp_path, b"GLIBC_2.35")
    assert main(["binary", binary]) == 1
    line = capsys.readouterr().err
    assert re.fullmatch(
        rf"{binary}: (\w+, )*__libc_start_main(, \w+)*: needs GLIBC_2\.35; "
        r"allowed is up to GLIBC_2\.34\n",
        line,
    ), line


def test_another_architecture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    binary = copy_binary(tmp_path, b"GLIBC_2.34")
    assert main(["binary", binary, "--architecture", ELSEWHERE]) == 1
    assert capsys.readouterr().err == f"{binary}: is for {ARCHITECTURE}; allowed is {ELSEWHERE}\n"


def test_a_file_that_is_not_elf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "bootstrap"
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    assert main(["binary", str(script)]) == 1
    assert capsys.readouterr().err == f"{script}: is not an ELF file: Magic number does not match\n"


def test_what_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["binary", str(tmp_path / "none")]) == 1
    assert (
        capsys.readouterr().err
        == f"{tmp_path / 'none'}: cannot be read: No such file or directory\n"
    )


@pytest.mark.parametrize(
    ("version", "there"),
    [
        ("GLIBC_2.34", True),
        ("GLIBC_2.2.5", True),
        ("GLIBC_2.9", True),
        ("GLIBC_2.35", False),
        ("GLIBC_3.0", False),
        ("GLIBC_ABI_DT_RELR", False),
    ],
)
def test_versions_compare_as_numbers(version: str, there: bool) -> None:
    assert is_in_glibc(version) is there
