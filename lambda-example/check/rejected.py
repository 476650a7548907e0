"""The exception that ends a check."""

from __future__ import annotations


class Rejected(Exception):
    """Problems that make all further checks impossible."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = list(problems)
