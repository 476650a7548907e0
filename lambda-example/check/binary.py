"""What a binary needs of the machine that it runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection, GNUVerSymSection
from elftools.elf.sections import SymbolTableSection

from check.finding import Finding, Rejected

MACHINES = {"EM_AARCH64": "arm64", "EM_X86_64": "x86_64"}
# Amazon Linux 2023.
GLIBC = "2.34"


@dataclass(frozen=True)
class Need:
    """A symbol that is there from a version of glibc on."""

    symbol: str
    version: str

    def is_met_by(self, glibc: str) -> bool:
        """Whether that glibc has it. A version without a number, such as GLIBC_ABI_DT_RELR, is newer than all that a limit is set to."""
        numbered = re.fullmatch(r"GLIBC_([\d.]+)", self.version)
        return numbered is not None and _numbers(numbered[1]) <= _numbers(glibc)


def check_binary(file: str, architecture: str | None, glibc: str) -> list[Finding]:
    """Checks that a file is an executable for the architecture, or for one that Lambda has, and needs no newer glibc."""
    try:
        with Path(file).open("rb") as stream:
            elf = ELFFile(stream)
            return [*_check_header(file, elf, architecture), *_check_needs(file, elf, glibc)]
    except OSError as error:
        raise Rejected([Finding(file, "", f"cannot be read: {error.strerror}")]) from error
    except ELFError as error:
        raise Rejected([Finding(file, "", f"is no ELF executable: {error}")]) from error


def _check_header(file: str, elf: ELFFile, architecture: str | None) -> Iterator[Finding]:
    if elf.header.e_type not in ("ET_EXEC", "ET_DYN") or not elf.header.e_entry:
        yield Finding(file, "header", f"{elf.header.e_type} without an entry point is no executable; allowed are ET_EXEC and ET_DYN")
    machine = MACHINES.get(elf.header.e_machine, elf.header.e_machine)
    allowed = (architecture,) if architecture else tuple(MACHINES.values())
    if machine not in allowed:
        yield Finding(file, "header", f"is for {machine}; allowed is {' or '.join(allowed)}")


def _check_needs(file: str, elf: ELFFile, glibc: str) -> Iterator[Finding]:
    for need in sorted(glibc_needs(elf), key=lambda need: need.symbol):
        if not need.is_met_by(glibc):
            yield Finding(file, need.symbol, f"needs {need.version}; allowed is up to GLIBC_{glibc}")


def glibc_needs(elf: ELFFile) -> set[Need]:
    """The symbols of glibc that the binary needs, and the versions that no symbol names."""
    versions = {
        auxiliary.entry.vna_other: auxiliary.name
        for section in elf.iter_sections()
        if isinstance(section, GNUVerNeedSection)
        for _, auxiliaries in section.iter_versions()
        for auxiliary in auxiliaries
        if auxiliary.name.startswith("GLIBC_")
    }
    symbols = elf.get_section_by_name(".dynsym")
    numbers = elf.get_section_by_name(".gnu.version")
    needs = set()
    if isinstance(symbols, SymbolTableSection) and isinstance(numbers, GNUVerSymSection):
        for symbol, number in zip(symbols.iter_symbols(), numbers.iter_symbols(), strict=True):
            if version := versions.get(number.entry.ndx):
                needs.add(Need(symbol.name, version))
    named = {need.version for need in needs}
    return needs | {Need(version, version) for version in versions.values() if version not in named}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))
