"""Runs the definition of a state machine, as far as the templates use the language.

The mock can run definitions too, but it neither reads JSON lines, nor tolerates failures, nor
writes results.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

State = dict[str, Any]


class Failed(Exception):
    """The failure of a state, which ends the execution."""

    def __init__(self, error: str, cause: str) -> None:
        super().__init__(error, cause)
        self.error, self.cause = error, cause


@dataclass
class StateMachine:
    """A state machine with the services that it calls."""

    definition: State
    s3: Any
    invoke: Callable[[Any], Any]
    # The concurrency of each map that was run.
    concurrency: list[int] = field(default_factory=list)

    def run(self, value: Any) -> Any:
        """Runs an execution with this input. Returns its output."""
        return self._run(self.definition, value)

    def _run(self, machine: State, value: Any) -> Any:
        name = machine["StartAt"]
        while True:
            state = machine["States"][name]
            match state["Type"]:
                case "Succeed":
                    return value
                case "Fail":
                    raise Failed(state["Error"], _evaluate(state["CausePath"], value))
                case "Choice":
                    name = _choose(state, value)
                    continue
                case "Pass":
                    result = _evaluate(state.get("InputPath", "$"), value)
                    result = _fill(state.get("Parameters", result), value)
                case "Task":
                    result = self._retry(state, _fill(state["Parameters"], value))
                    result = _fill(state["ResultSelector"], result)
                case "Map":
                    result = self._map(state, value)
                case other:
                    raise NotImplementedError(other)
            value = _put(value, state.get("ResultPath", "$"), result)
            if state.get("End"):
                return value
            name = state["Next"]

    def _retry(self, state: State, parameters: Any) -> Any:
        """Calls the resource of a task, again if its rules say so, but without their waits."""
        rules = state.get("Retry", [])
        attempts = max(
            (rule["MaxAttempts"] for rule in rules if "States.TaskFailed" in rule["ErrorEquals"]),
            default=0,
        )
        while True:
            try:
                return self._call(state["Resource"], parameters)
            except Failed:
                if attempts == 0:
                    raise
                attempts -= 1

    def _call(self, resource: str, parameters: Any) -> Any:
        match resource.removeprefix("arn:aws:states:::"):
            case "lambda:invoke":
                answer = self.invoke(parameters["Payload"])
                if "errorMessage" in answer:
                    raise Failed(answer["errorType"], answer["errorMessage"])
                return {"StatusCode": 200, "Payload": answer}
            case "s3:getObject" | "aws-sdk:s3:getObject":
                try:
                    return {"Body": self.s3.get_object(**parameters)["Body"].read().decode()}
                except ClientError as error:
                    raise Failed("S3.S3Exception", str(error)) from error
            case other:
                raise NotImplementedError(other)

    def _map(self, state: State, value: Any) -> Any:
        """Runs an execution for each line of an object, and writes the results to another one."""
        self.concurrency.append(_evaluate(state["MaxConcurrencyPath"], value))
        reader, processor = state["ItemReader"], state["ItemProcessor"]
        assert reader["ReaderConfig"] == {"InputType": "JSONL"}
        assert processor["ProcessorConfig"]["Mode"] == "DISTRIBUTED"
        text = self._call(reader["Resource"], _fill(reader["Parameters"], value))["Body"]
        results: dict[str, list[Any]] = {"SUCCEEDED": [], "FAILED": [], "PENDING": []}
        for line in text.splitlines():
            given = _fill(state["ItemSelector"], value, json.loads(line))
            result = {"Input": json.dumps(given)}
            try:
                output = json.dumps(self._run(processor, given))
                results["SUCCEEDED"].append(result | {"Status": "SUCCEEDED", "Output": output})
            except Failed as failed:
                assert state["ToleratedFailurePercentage"] == 100
                failure = {"Status": "FAILED", "Error": failed.error, "Cause": failed.cause}
                results["FAILED"].append(result | failure)
        return self._write(_fill(state["ResultWriter"]["Parameters"], value), results)

    def _write(self, parameters: Any, results: dict[str, list[Any]]) -> Any:
        """Writes the results of a map in the format of "ResultWriter (Map)"."""
        bucket, folder = parameters["Bucket"], f"{parameters['Prefix']}/0b1c2d3e"
        files: dict[str, list[Any]] = {}
        for status, executions in results.items():
            key, content = f"{folder}/{status}_0.json", json.dumps(executions)
            files[status] = [{"Key": key, "Size": len(content)}] if executions else []
            if executions:
                self.s3.put_object(Bucket=bucket, Key=key, Body=content)
        key = f"{folder}/manifest.json"
        manifest = {"DestinationBucket": bucket, "ResultFiles": files}
        self.s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(manifest))
        return {"ResultWriterDetails": {"Bucket": bucket, "Key": key}}


def _choose(state: State, value: Any) -> str:
    for rule in state["Choices"]:
        match rule:
            case {"Variable": path, "IsPresent": wanted, "Next": name}:
                try:
                    _evaluate(path, value)
                    is_present = True
                except LookupError:
                    is_present = False
                if is_present == wanted:
                    return str(name)
            case {"Variable": path, "BooleanEquals": wanted, "Next": name}:
                if _evaluate(path, value) is wanted:
                    return str(name)
            case other:
                raise NotImplementedError(other)
    return str(state["Default"])


def _fill(template: Any, value: Any, item: Any = None) -> Any:
    """Evaluates the members of a template whose names end with `.$`."""
    match template:
        case dict():
            return {
                name.removesuffix(".$"): _evaluate(inner, value, item)
                if name.endswith(".$")
                else _fill(inner, value, item)
                for name, inner in template.items()
            }
    return template


def _evaluate(text: str, value: Any, item: Any = None) -> Any:
    """Evaluates a path or an intrinsic function."""
    if call := re.fullmatch(r"States\.(\w+)\((.*)\)", text):
        arguments = [
            _evaluate(path, value, item) if path else literal
            for literal, path in re.findall(r"'([^']*)'|(\$[^\s,)]*)", call[2])
        ]
        match call[1], arguments:
            case "Format", [template, *values]:
                return template.format(*values)
            case "StringToJson", [argument]:
                return json.loads(argument)
        raise NotImplementedError(text)
    if text == "$$.Map.Item.Value":
        return item
    path = re.fullmatch(r"\$((?:\.\w+|\[\d+\])*)", text)
    assert path, text
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path[1]):
        value = value[name] if name else value[int(index)]
    return value


def _put(value: Any, path: str, result: Any) -> Any:
    """Returns the value with the result at this path."""
    if path == "$":
        return result
    name, _, rest = path.removeprefix("$.").partition(".")
    return value | {name: _put(value[name], f"$.{rest}", result) if rest else result}
