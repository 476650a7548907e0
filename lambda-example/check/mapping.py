"""Checks the event source mappings of a translated template, where cfn-lint has no rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from check.pattern import check_pattern
from check.translation import Template


def find_mappings(template: Template) -> dict[str, dict[str, Any]]:
    """Returns the properties of each mapping by its name in the template."""
    resources = template["Resources"].items()
    return {
        name: resource["Properties"]
        for name, resource in resources
        if resource["Type"] == "AWS::Lambda::EventSourceMapping"
    }


def check_mappings(template: Template) -> Iterator[str]:
    """Checks the response types, the age of a record and the filters."""
    for name, properties in find_mappings(template).items():
        if not properties.get("FunctionResponseTypes"):
            yield (
                f"{name}.FunctionResponseTypes: is missing, and Lambda ignores which records "
                "failed; allowed is [ReportBatchItemFailures]"
            )
        # 0 to 59 are in the documented range, but not allowed ("AWS::Lambda::EventSourceMapping").
        match properties.get("MaximumRecordAgeInSeconds"):
            case int(age) if -1 < age < 60:
                yield (
                    f"{name}.MaximumRecordAgeInSeconds: {age} is less than the minimum of 60; "
                    "-1 stands for no limit"
                )
        source = _find_source(properties.get("EventSourceArn"), template)
        for position, criterion in enumerate(
            properties.get("FilterCriteria", {}).get("Filters", [])
        ):
            for problem in check_pattern(criterion["Pattern"], source):
                yield f"{name}.FilterCriteria.Filters.{position}.Pattern: {problem}"


def _find_source(arn: Any, template: Template) -> str:
    """Returns `dynamodb`, `kinesis`, or an empty string if the source is unknown.

    Reads the resource's type, as in `AWS::Kinesis::Stream`, or the ARN, as in `arn:aws:kinesis:…`.
    A parameter could be either.
    """
    match arn:
        case {"Fn::GetAtt": [name, *_]}:
            arn = template["Resources"][name]["Type"]
    return next(
        (source for source in ("dynamodb", "kinesis") if f":{source}:" in str(arn).lower()), ""
    )
