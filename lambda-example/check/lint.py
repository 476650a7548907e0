"""Checks a translated template with cfn-lint.

In a SAM template, cfn-lint sees too little: it does not check the event source mappings, for
example.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import cfnlint.api

from check.translation import REGION, Template


def lint(template: Template) -> Iterator[str]:
    """Lints a translated template. Warnings count as problems."""
    for match in cfnlint.api.lint(
        json.dumps(template), config=cfnlint.api.ManualArgs(regions=[REGION])
    ):
        # Shorten `Resources`, `Function`, `Properties`, `Runtime` to `Function.Runtime`.
        place = ".".join(
            str(step) for step in match.path if step not in ("Resources", "Properties")
        )
        yield ": ".join(
            filter(None, (place, f"{match.message.rstrip('.')} (cfn-lint {match.rule.id})"))
        )
