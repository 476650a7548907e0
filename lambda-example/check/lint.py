"""CloudFormation's own rules, by cfn-lint. Of a SAM template it sees too little: not the event source mappings, for one."""

from __future__ import annotations

import json

import cfnlint.api

from check.finding import Finding
from check.translation import REGION, Template


def lint(file: str, template: Template) -> list[Finding]:
    """Lints a translated template; warnings count."""
    matches = cfnlint.api.lint(json.dumps(template), config=cfnlint.api.ManualArgs(regions=[REGION]))
    return [Finding(file, _place(match.path), f"{match.message.rstrip('.')} (cfn-lint {match.rule.id})") for match in matches]


def _place(path: list[str | int]) -> str:
    """`Function.Runtime`, of `Resources`, `Function`, `Properties`, `Runtime`."""
    steps = [str(step) for step in path]
    if steps[:1] == ["Resources"]:
        steps = steps[1:2] + steps[3 if steps[2:3] == ["Properties"] else 2 :]
    return ".".join(steps)
