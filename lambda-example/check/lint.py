"""CloudFormation's own rules, by cfn-lint. Of a SAM template it sees too little: not the event source mappings, for one."""

from __future__ import annotations

import json
from collections.abc import Iterator

import cfnlint.api

from check.translation import REGION, Template


def lint(template: Template) -> Iterator[str]:
    """Lints a translated template; warnings count."""
    for match in cfnlint.api.lint(json.dumps(template), config=cfnlint.api.ManualArgs(regions=[REGION])):
        # `Function.Runtime`, of `Resources`, `Function`, `Properties`, `Runtime`.
        place = ".".join(str(step) for step in match.path if step not in ("Resources", "Properties"))
        yield ": ".join(filter(None, (place, f"{match.message.rstrip('.')} (cfn-lint {match.rule.id})")))
