"""Checks the filter patterns of event source mappings.

A pattern that Lambda accepts but that matches no record is as bad as one that Lambda rejects: the
function is never called, and no error says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

# The table of comparison operators in "Control which events Lambda sends to your function".
OPERATORS = ("anything-but", "equals-ignore-case", "exists", "numeric", "prefix", "suffix")
EVENT_NAMES = ("INSERT", "MODIFY", "REMOVE")
ATTRIBUTE_TYPES = ("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS")
# The keys of a record that a pattern can name. Lambda's guide documents only `dynamodb`. The guides
# of DynamoDB and of the CDK use the others as well.
RECORD = ("dynamodb", "eventName", "userIdentity")
IMAGES = ("Keys", "NewImage", "OldImage")
CHANGE = (*IMAGES, "ApproximateCreationDateTime", "SequenceNumber", "SizeBytes", "StreamViewType")

Path = tuple[str, ...]


def check_pattern(pattern: str, source: str) -> Iterator[str]:
    """Checks a pattern for records of `dynamodb` or `kinesis`.

    For any other source, checks only the form of the pattern.
    """
    try:
        tree = json.loads(pattern)
    except ValueError as error:
        yield f"is not valid JSON: {error}"
        return
    if not isinstance(tree, dict):
        yield "is not a valid pattern: it has to be an object"
        return
    for path, rules in _find_rules(tree):
        if problem := _check_form(rules) or _check_record(path, rules, source):
            yield f"{'.'.join(path)}: {problem}"


def _find_rules(node: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yields each rule, a value that is not an object, with the path to it in a record."""
    for key, value in node.items():
        match value:
            case dict():
                yield from _find_rules(value, (*path, key))
            case [dict(), *_] if key == "$or":
                for alternative in value:
                    yield from _find_rules(alternative, path)
            case _:
                yield (*path, key), value


def _check_form(rules: Any) -> str:
    if not isinstance(rules, list) or not rules:
        return "has to be an object, or a list that is not empty"
    for rule in rules:
        match rule:
            case list():
                return (
                    "a list is not a rule; "
                    "allowed are texts, numbers, true, false, null and an operator"
                )
            case dict() if len(rule) != 1 or next(iter(rule)) not in OPERATORS:
                return (
                    f"{json.dumps(rule)} is not an operator; allowed is one of {', '.join(OPERATORS)}"
                )
    return ""


def _check_record(path: Path, rules: list[Any], source: str) -> str:
    if source == "kinesis":
        if path[0] != "data":
            return "Kinesis records are filtered by what is in them; allowed is data"
        path = path[1:]
    elif source != "dynamodb":
        return ""
    match path:
        case ["eventName"]:
            unknown = [rule for rule in rules if isinstance(rule, str) and rule not in EVENT_NAMES]
            return (
                f"{', '.join(unknown)} is not an event name; allowed are {', '.join(EVENT_NAMES)}"
                if unknown
                else ""
            )
        case ["dynamodb", image, *attribute] if image in IMAGES:
            if not _has_type(attribute):
                return (
                    'a value is under its attribute type, as in {"S": […]}; '
                    f"allowed are {', '.join(ATTRIBUTE_TYPES)}"
                )
            if any(_is_numeric(rule) for rule in rules):
                return (
                    "a number matches nothing, as an N is a string; "
                    'allowed are its digits, as in ["7"]'
                )
        case ["dynamodb", key, *_] if key not in CHANGE:
            return f"a record has no such key; allowed are {', '.join(CHANGE)}"
        case [top, *_] if top not in RECORD:
            return f"a record has no such key; allowed are {', '.join(RECORD)}"
    return ""


def _has_type(attribute: list[str]) -> bool:
    """Returns `True` if the keys are a name and an attribute type.

    Inside an `M`, a name and a type follow; inside an `L`, a type only.
    """
    match attribute:
        case [_, "M", *inner]:
            return _has_type(inner)
        case [name, "L", *inner]:
            return _has_type([name, *inner])
    return len(attribute) == 2 and attribute[1] in ATTRIBUTE_TYPES


def _is_numeric(rule: Any) -> bool:
    return "numeric" in rule if isinstance(rule, dict) else type(rule) in (int, float)
