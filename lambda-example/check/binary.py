"""Checks the architecture of a binary and the glibc that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile

from check.rejected import Rejected

MACHINES = {"EM_AARCH64": "arm64", "EM_X86_64": "x86_64"}
# The version in Amazon Linux 2023.
NEWEST_GLIBC = (2, 34)


def check_binary(file: str, architecture: str | None) -> Iterator[str]:
    """Checks that a binary is for the architecture, and that Lambda's glibc is new enough for it.

    Without an architecture, any that Lambda supports is allowed.
    """
    try:
        with Path(file).open("rb") as stream:
            elf = ELFFile(stream)
            machine, needs = elf.header.e_machine, find_glibc_needs(elf)
    except OSError as error:
        raise Rejected(f"cannot be read: {error.strerror}") from error
    except ELFError as error:
        raise Rejected(f"is not an ELF file: {error}") from error
    allowed = [architecture] if architecture else list(MACHINES.values())
    if (machine := MACHINES.get(machine, machine)) not in allowed:
        yield f"is for {machine}; allowed is {' or '.join(allowed)}"
    for version, symbols in sorted(needs.items()):
        if not is_in_glibc(version):
            yield (
                f"{', '.join(symbols) or version}: needs {version}; "
                f"allowed is up to GLIBC_{'.'.join(map(str, NEWEST_GLIBC))}"
            )


def find_glibc_needs(elf: Any) -> dict[str, list[str]]:
    """Returns the versions of glibc that the binary needs, each with the symbols that need it."""
    versions = {
        auxiliary.entry.vna_other: auxiliary.name
        for section in elf.iter_sections("SHT_GNU_verneed")
        for _, auxiliaries in section.iter_versions()
        for auxiliary in auxiliaries
        if auxiliary.name.startswith("GLIBC_")
    }
    needs: dict[str, list[str]] = {version: [] for version in versions.values()}
    # A static binary needs no version and has neither of the two tables.
    if needs:
        symbols, numbers = (
            elf.get_section_by_name(".dynsym"),
            elf.get_section_by_name(".gnu.version"),
        )
        for symbol, number in zip(symbols.iter_symbols(), numbers.iter_symbols(), strict=True):
            if number.entry.ndx in versions:
                needs[versions[number.entry.ndx]].append(symbol.name)
    return needs


def is_in_glibc(version: str) -> bool:
    """Returns `True` if Lambda's glibc has the version.

    The ones without a number, such as GLIBC_ABI_DT_RELR, were added in later releases.
    """
    numbers = re.fullmatch(r"GLIBC_(\d+)\.(\d+)(\.\d+)?", version)
    return numbers is not None and (int(numbers[1]), int(numbers[2])) <= NEWEST_GLIBC
