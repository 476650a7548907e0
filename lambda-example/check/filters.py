"""Filter patterns of event source mappings.

One that Lambda takes and that matches nothing is as bad as one that it does not take: the function is never called, and nothing says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from moto.events.exceptions import InvalidEventPatternException
from moto.events.models import EventPatternParser

# "Control which events Lambda sends to your function", the table of comparison operators.
OPERATORS = ("anything-but", "equals-ignore-case", "exists", "numeric", "prefix", "suffix")
EVENT_NAMES = ("INSERT", "MODIFY", "REMOVE")
TAGS = ("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS")
# What a record has at the top. Lambda's own guide knows `dynamodb` only, DynamoDB's and that of the CDK the others as well.
RECORD = ("dynamodb", "eventName", "userIdentity")
IMAGES = ("Keys", "NewImage", "OldImage")
FACTS = ("ApproximateCreationDateTime", "SequenceNumber", "SizeBytes", "StreamViewType")

Path = tuple[str, ...]


def pattern_problems(pattern: Any, service: str) -> Iterator[str]:
    """What is wrong with a pattern for the records of `dynamodb` or `kinesis`."""
    if not isinstance(pattern, str):
        return
    try:
        tree = json.loads(pattern)
    except ValueError as error:
        yield f"is not valid JSON: {error}"
        return
    if not isinstance(tree, dict):
        yield "is not a valid pattern: it has to be an object"
        return
    try:
        EventPatternParser(pattern).parse()
    except InvalidEventPatternException as error:
        yield f"is not a valid pattern: {error.message.partition('Reason: ')[2]}"
        return
    for path, rules in _leaves(tree):
        place = ".".join(path)
        for problem in list(_rule_problems(path, rules)) or _record_problems(path, rules, service):
            yield f"{place}: {problem}"


def _leaves(node: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, list[Any]]]:
    """Each list of rules, with the keys that lead there in a record."""
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, key))
        elif key == "$or" and all(isinstance(alternative, dict) for alternative in value):
            for alternative in value:
                yield from _leaves(alternative, path)
        else:
            yield (*path, key), value


def _rule_problems(path: Path, rules: list[Any]) -> Iterator[str]:
    if path[-1] == "$or":
        yield "is a list of patterns, which are objects"
        return
    for rule in rules:
        match rule:
            case list():
                yield "a list is no rule; allowed are texts, numbers, true, false, null and an operator"
            case dict() if len(rule) != 1 or next(iter(rule)) not in OPERATORS:
                yield f"{json.dumps(rule)} is no operator; allowed is one of {', '.join(OPERATORS)}"


def _record_problems(path: Path, rules: list[Any], service: str) -> Iterator[str]:
    if service == "kinesis":
        if path[0] != "data":
            yield "Kinesis records are filtered by what is in them; allowed is data"
            return
        path = path[1:]
    elif service != "dynamodb":
        return
    match path:
        case ["eventName"]:
            for rule in rules:
                if not isinstance(rule, dict) and rule not in EVENT_NAMES:
                    yield f"{json.dumps(rule)} is no event name; allowed are {', '.join(EVENT_NAMES)}"
        case ["dynamodb", image, *attribute] if image in IMAGES:
            if not _is_tagged(attribute):
                yield f'a value is under its type tag, as in {{"S": […]}}; allowed are {", ".join(TAGS)}'
            elif any(isinstance(rule, dict) and "numeric" in rule for rule in rules):
                yield 'a numeric operator matches nothing, as an N is a string; allowed are its digits, as in ["7"]'
            elif any(isinstance(rule, (int, float)) and not isinstance(rule, bool) for rule in rules):
                yield 'a number matches nothing, as an N is a string; allowed are its digits, as in ["7"]'
        case ["dynamodb", key, *_] if key not in (*IMAGES, *FACTS):
            yield f"a record has no such key; allowed are {', '.join((*IMAGES, *FACTS))}"
        case [top, *_] if top not in RECORD:
            yield f"a record has no such key; allowed are {', '.join(RECORD)}"


def _is_tagged(attribute: list[str]) -> bool:
    """Whether these keys are a name and a tag, under `M` again and again; `L` has the tags of its elements under it."""
    match attribute:
        case [_, "M", *inner]:
            return _is_tagged(inner)
        case [name, "L", *inner]:
            return _is_tagged([name, *inner])
        case [_, tag]:
            return tag in TAGS
    return False
