"""What a check has to say, in one line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, and where."""

    file: str
    place: str
    problem: str

    def __str__(self) -> str:
        parts = (self.file, self.place, self.problem)
        return " ".join(": ".join(part for part in parts if part).split())


class Rejected(Exception):
    """The file is so wrong that no further check can look at it."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings
