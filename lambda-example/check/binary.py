"""What a binary needs of the machine that it runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile

from check.rejected import Rejected

MACHINES = {"EM_AARCH64": "arm64", "EM_X86_64": "x86_64"}
# That of Amazon Linux 2023 is 2.34.
NEWEST_GLIBC = (2, 34)


def check_binary(file: str, architecture: str | None) -> Iterator[str]:
    """Checks that a file is for the architecture, or for one that Lambda has, and needs no newer glibc."""
    try:
        with Path(file).open("rb") as stream:
            elf = ELFFile(stream)
            machine, needs = elf.header.e_machine, find_glibc_needs(elf)
    except OSError as error:
        raise Rejected(f"cannot be read: {error.strerror}") from error
    except ELFError as error:
        raise Rejected(f"is no ELF file: {error}") from error
    allowed = [architecture] if architecture else list(MACHINES.values())
    if (machine := MACHINES.get(machine, machine)) not in allowed:
        yield f"is for {machine}; allowed is {' or '.join(allowed)}"
    for version, symbols in sorted(needs.items()):
        if not is_in_glibc(version):
            yield f"{', '.join(symbols) or version}: needs {version}; allowed is up to GLIBC_{'.'.join(map(str, NEWEST_GLIBC))}"


def find_glibc_needs(elf: Any) -> dict[str, list[str]]:
    """The versions of glibc that the binary needs, and the symbols that it needs them for."""
    versions = {
        auxiliary.entry.vna_other: auxiliary.name
        for section in elf.iter_sections("SHT_GNU_verneed")
        for _, auxiliaries in section.iter_versions()
        for auxiliary in auxiliaries
        if auxiliary.name.startswith("GLIBC_")
    }
    needs: dict[str, list[str]] = {version: [] for version in versions.values()}
    # A static binary has neither table, and needs nothing.
    if needs:
        symbols, numbers = elf.get_section_by_name(".dynsym"), elf.get_section_by_name(".gnu.version")
        for symbol, number in zip(symbols.iter_symbols(), numbers.iter_symbols(), strict=True):
            if number.entry.ndx in versions:
                needs[versions[number.entry.ndx]].append(symbol.name)
    return needs


def is_in_glibc(version: str) -> bool:
    """Whether Lambda's glibc has a version. One without a number, such as GLIBC_ABI_DT_RELR, came later."""
    numbers = re.fullmatch(r"GLIBC_(\d+)\.(\d+)(\.\d+)?", version)
    return numbers is not None and (int(numbers[1]), int(numbers[2])) <= NEWEST_GLIBC
