"""Checks the definitions of state machines in a translated template, where cfn-lint has no rule."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

from check.rejected import Rejected
from check.translation import Template

Definition = dict[str, Any]

# The headings of "Intrinsic functions for JSONPath states in Step Functions".
FUNCTIONS = (
    "Array ArrayContains ArrayGetItem ArrayLength ArrayPartition ArrayRange ArrayUnique "
    "Base64Decode Base64Encode Format Hash JsonMerge JsonToString MathAdd MathRandom "
    "StringSplit StringToJson UUID"
).split()
PATH = r"\$\$?(?:\.[A-Za-z_]\w*|\[\d+\]|\['[^']*'\])*"
ARGUMENT = rf"(?:'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?|true|false|null|{PATH})"
CALL = rf"States\.({'|'.join(FUNCTIONS)})\((?:\s*{ARGUMENT}(?:\s*,\s*{ARGUMENT})*)?\s*\)"


def find_state_machines(template: Template) -> dict[str, dict[str, Any]]:
    """Returns the properties of each state machine by its name in the template."""
    return {
        name: resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::StepFunctions::StateMachine"
    }


def join_definitions(template: Template) -> Template:
    """Returns a copy of the template with each definition as one string, which cfn-lint checks.

    The translation splits a definition into lines.
    """
    template = copy.deepcopy(template)
    for name, properties in find_state_machines(template).items():
        match properties.get("DefinitionString"):
            case {"Fn::Join": [separator, lines]} if all(isinstance(line, str) for line in lines):
                properties["DefinitionString"] = separator.join(lines)
            case str():
                pass
            case _:
                raise Rejected(f"{name}.DefinitionString: is not a text; use substitutions")
    return template


def check_state_machines(template: Template) -> Iterator[str]:
    """Checks the substitutions, the targets, the paths and the functions of each definition."""
    for name, properties in find_state_machines(template).items():
        text = properties["DefinitionString"]
        for substitution in properties.get("DefinitionSubstitutions", {}):
            if f"${{{substitution}}}" not in text:
                yield f"{name}.DefinitionSubstitutions: {substitution} is not used"
        definition = json.loads(text)
        for problem in (*_check_targets(definition), *_check_paths(definition)):
            yield f"{name}.{problem}"


def _check_targets(machine: Definition) -> Iterator[str]:
    """Checks that each state goes on to a state that exists, and else that each can be reached."""
    states = machine["States"]
    reached = {machine["StartAt"]}
    for name, state in states.items():
        rules = [state, *state.get("Choices", []), *state.get("Catch", [])]
        targets = {rule[key] for rule in rules for key in ("Next", "Default") if key in rule}
        for target in sorted(targets - set(states)):
            yield f"{name}: there is no state {target} to go on to"
        reached |= targets
        if "ItemProcessor" in state:
            yield from _check_targets(state["ItemProcessor"])
    if reached <= set(states):
        for name in sorted(set(states) - reached):
            yield f"{name}: no state goes on to it"


def _check_paths(value: Any, place: str = "") -> Iterator[str]:
    """Checks each value that has to be a path or an intrinsic function."""
    match value:
        case dict():
            for name, inner in value.items():
                inner_place = f"{place}.{name}".lstrip(".")
                takes_path = name.endswith((".$", "Path")) or name == "Variable"
                if takes_path and isinstance(inner, str) and not is_path(inner):
                    yield f"{inner_place}: {inner} is neither a path nor an intrinsic function"
                yield from _check_paths(inner, inner_place)
        case list():
            for position, inner in enumerate(value):
                yield from _check_paths(inner, f"{place}.{position}")


def is_path(text: str) -> bool:
    """Returns `True` for a path, or for a function whose arguments can be functions themselves."""
    count = 1
    while count:
        # A call stands for a value, as a path does.
        text, count = re.subn(CALL, "$", text)
    return re.fullmatch(PATH, text) is not None
