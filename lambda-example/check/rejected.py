"""The end of a check."""

from __future__ import annotations


class Rejected(Exception):
    """What is wrong is so wrong that no further check can look at it."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = list(problems)
