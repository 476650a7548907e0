"""The event source mappings of a translated template, and what cfn-lint does not know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from check.filters import pattern_problems
from check.finding import Finding
from check.translation import Template

# "Control which events Lambda sends to your function": more take a raised quota.
MAXIMUM_FILTERS = 5


@dataclass(frozen=True)
class EventSourceMapping:
    """One of them."""

    name: str
    service: str
    properties: dict[str, Any]


def event_source_mappings(template: Template) -> list[EventSourceMapping]:
    """All of them."""
    resources = template["Resources"]
    return [
        EventSourceMapping(name, _service(resource["Properties"].get("EventSourceArn"), resources), resource["Properties"])
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Lambda::EventSourceMapping"
    ]


def check_event_sources(file: str, template: Template) -> list[Finding]:
    """Checks the response types, the age of a record and the filters."""
    findings = []
    for mapping in event_source_mappings(template):
        properties = mapping.properties

        def add(place: str, problem: str, name: str = mapping.name) -> None:
            findings.append(Finding(file, f"{name}.{place}", problem))

        if not properties.get("FunctionResponseTypes"):
            add("FunctionResponseTypes", "is missing, and Lambda ignores which records failed; allowed is [ReportBatchItemFailures]")
        age = properties.get("MaximumRecordAgeInSeconds", -1)
        if isinstance(age, int) and -1 < age < 60:
            add("MaximumRecordAgeInSeconds", f"{age} is less than the minimum of 60; -1 stands for no limit")
        filters = properties.get("FilterCriteria", {}).get("Filters", [])
        if len(filters) > MAXIMUM_FILTERS:
            add("FilterCriteria.Filters", f"{len(filters)} filters are more than the {MAXIMUM_FILTERS} that are allowed")
        for position, criterion in enumerate(filters):
            for problem in pattern_problems(criterion.get("Pattern"), mapping.service):
                add(f"FilterCriteria.Filters.{position}.Pattern", problem)
    return findings


def _service(arn: Any, resources: dict[str, Any]) -> str:
    match arn:
        case {"Fn::GetAtt": [name, *_]} if name in resources:
            return str(resources[name]["Type"]).split("::")[1].lower()
        case str() if arn.count(":") >= 5:
            return arn.split(":")[2]
    return ""
