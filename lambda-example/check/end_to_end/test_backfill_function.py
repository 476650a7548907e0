"""Runs the state machine and the function of `template-backfill.yaml` on exports.

The function is the binary `backfill_function` in AWS's emulator. It and the state machine have the
permissions of their roles in a mock of S3.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from check.emulator import Emulator, running_emulator
from check.end_to_end.export import EXPORT, Export, handled, line, two_files
from check.end_to_end.permissions import (
    create_user,
    enforced_permissions,
    open_s3,
    read_policies,
)
from check.end_to_end.runtime import running_runtime
from check.end_to_end.state_machine import Failed, StateMachine
from check.mock import Client
from check.stack import create_stack
from check.states import join_definitions
from check.translation import REGION, translate

HERE = Path(__file__).parents[2]
FUNCTION = HERE.parent / "target" / "debug" / "backfill_function"
# The value that the stack has for the parameter ExportBucketName.
BUCKET = "exportbucketname"
SECONDS = 60
BEGIN: dict[str, Any] = {"handledLines": 0, "badLines": 0, "isDone": False}


@dataclass
class Setting:
    """The stack of the template, with an export in a bucket."""

    failure_bucket: str
    environment: dict[str, str]
    folder: Path
    # The clients of S3 of an operator and of the state machine.
    s3: Any
    machine_s3: Any
    export: Export = field(default_factory=Export)

    def upload(self) -> None:
        for name, content in self.export.all_files().items():
            self.s3.put_object(Bucket=BUCKET, Key=f"{EXPORT}/{name}", Body=content)

    def step(self, position: int = 0, progress: Any = None) -> dict[str, Any]:
        """The payload for a data file."""
        summary = json.loads(self.export.all_files()["manifest-summary.json"])
        file = self.export.manifest[position]
        return {"bucket": BUCKET, "summary": summary, "file": file, "progress": progress or BEGIN}

    @contextmanager
    def running_function(self, seconds: int = 30, **variables: str) -> Iterator[Emulator]:
        environment = self.environment | variables
        log = self.folder / "log"
        with running_emulator(str(FUNCTION), log, environment, seconds) as emulator:
            yield emulator

    def invoke(self, step: dict[str, Any]) -> Any:
        """Invokes the function once."""
        with self.running_function() as emulator:
            return emulator.invoke(json.dumps(step).encode())

    def run(self, **options: Any) -> Any:
        """Runs the state machine. Returns what is in its input and its output."""
        self.upload()
        with self.running_function() as emulator:
            machine = self.machine(emulator)
            output = machine.run({"bucket": BUCKET, "prefix": EXPORT} | options)
        assert machine.concurrency == [20]
        return output

    def machine(self, emulator: Emulator) -> StateMachine:
        template = translate(str(HERE / "template-backfill.yaml"))
        properties = join_definitions(template)["Resources"]["StateMachine"]["Properties"]
        text = properties["DefinitionString"]
        values = {
            "FunctionArn": "function",
            "FailureBucketName": self.failure_bucket,
            "Concurrency": str(template["Parameters"]["Concurrency"]["Default"]),
        }
        for name, value in values.items():
            text = text.replace(f"${{{name}}}", value)
        return StateMachine(
            json.loads(text),
            self.machine_s3,
            lambda payload: emulator.invoke(json.dumps(payload).encode()),
        )

    def handled(self) -> list[int]:
        return handled((self.folder / "log").read_text(encoding="utf-8"))

    def failures(self, prefix: str) -> dict[str, str]:
        """The objects in the failure bucket by their keys."""
        found = self.s3.list_objects_v2(Bucket=self.failure_bucket, Prefix=prefix)
        keys = [entry["Key"] for entry in found.get("Contents", [])]
        objects = {key: self.s3.get_object(Bucket=self.failure_bucket, Key=key) for key in keys}
        return {key: response["Body"].read().decode() for key, response in objects.items()}

    def results(self, status: str) -> list[Any]:
        """The results of the map with this status."""
        (text,) = self.failures(f"results/0b1c2d3e/{status}_").values()
        results: list[Any] = json.loads(text)
        return results


@pytest.fixture
def setting(client: Client, environment: dict[str, str], tmp_path: Path) -> Iterator[Setting]:
    template = join_definitions(translate(str(HERE / "template-backfill.yaml")))
    made = create_stack(client, template)
    client("s3").create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    everything = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    allow_everything = {"Version": "2012-10-17", "Statement": [everything]}
    operator = create_user(client, "operator", {"everything": allow_everything})
    machine, function = (
        create_user(client, role, read_policies(client, made[role]))
        for role in ("StateMachineRole", "FunctionRole")
    )
    variables = {"FAILURE_BUCKET": made["FailureBucket"], "RUST_LOG": "lambda_example=debug"}
    with enforced_permissions(client):
        yield Setting(
            made["FailureBucket"],
            environment | function | variables,
            tmp_path,
            open_s3(client, operator),
            open_s3(client, machine),
        )


def test_every_item_is_handled(setting: Setting) -> None:
    setting.export = two_files()
    setting.run()
    assert setting.handled() == [1, 2, 3]
    assert [json.loads(result["Output"]) for result in setting.results("SUCCEEDED")] == [
        {"handledLines": lines, "badLines": 0, "isDone": True} for lines in (2, 0, 1)
    ]
    assert setting.failures("results/0b1c2d3e/FAILED") == {}
    assert setting.failures("bad-lines/") == {}


def test_lines_that_do_not_fit_are_kept_and_the_next_one_is_handled(setting: Setting) -> None:
    setting.export.add("a.json.gz", [line(1), line(2, {"L": []}), "not JSON", line(4)])
    setting.run()
    assert setting.handled() == [1, 4]
    (result,) = setting.results("SUCCEEDED")
    assert json.loads(result["Output"]) == {"handledLines": 4, "badLines": 2, "isDone": True}
    file = f"{EXPORT}/data/a.json.gz"
    ((key, text),) = setting.failures("bad-lines/").items()
    assert key == f"bad-lines/{file}/0.jsonl"
    assert [json.loads(line) for line in text.splitlines()] == [
        {
            "file": file,
            "line": 2,
            "error": "new image: Message: expected S (String), found L",
            "text": line(2, {"L": []}),
        },
        {"file": file, "line": 3, "error": "not JSON, from byte 0 on", "text": "not JSON"},
    ]


def test_a_retry_replaces_the_bad_lines(setting: Setting) -> None:
    setting.export.add("a.json.gz", [line(1), "not JSON", line(3), "neither"])
    setting.upload()
    begin = {"handledLines": 1, "badLines": 7, "isDone": False}
    with setting.running_function() as emulator:
        for _ in range(2):
            step = json.dumps(setting.step(progress=begin)).encode()
            answer = emulator.invoke(step)
            assert answer == {"handledLines": 4, "badLines": 9, "isDone": True}
    assert setting.handled() == [3, 3]
    assert list(setting.failures("bad-lines/")) == [f"bad-lines/{EXPORT}/data/a.json.gz/1.jsonl"]


def test_a_file_that_takes_longer_than_an_invocation_is_handled_by_several(
    setting: Setting,
) -> None:
    count, answers = 100_000, [BEGIN]
    while len(answers) <= 2:
        # Long enough for a machine of any speed.
        count *= 2
        lines = [line(number) for number in range(count)]
        lines[count // 2] = "not JSON"
        setting.export = Export()
        setting.export.add("a.json.gz", lines)
        setting.upload()
        answers = [BEGIN]
        with setting.running_function(seconds=4) as emulator:
            # The emulator counts the start of the function as a part of the first invocation.
            assert "errorMessage" in emulator.invoke(b"{}")
            while not answers[-1]["isDone"]:
                step = setting.step(progress=answers[-1])
                answers.append(emulator.invoke(json.dumps(step).encode()))
    assert answers[-1] == {"handledLines": count, "badLines": 1, "isDone": True}
    offsets = [answer["handledLines"] for answer in answers]
    assert offsets == sorted(set(offsets)), "each invocation gets further"
    # No invocation was repeated, and so no line was.
    assert setting.handled() == [number for number in range(count) if number != count // 2]
    assert len(setting.failures("bad-lines/")) == 1


def test_an_invocation_that_gets_no_further_is_an_error(setting: Setting) -> None:
    setting.export = two_files()
    setting.upload()
    step = setting.step(progress={"handledLines": 1, "badLines": 0, "isDone": False})
    with running_runtime(json.dumps(step).encode(), deadline=0) as runtime:
        process = subprocess.Popen(
            [FUNCTION],
            env=setting.environment | runtime.variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        answer = runtime.answers.get(timeout=SECONDS)
        process.kill()
        process.wait(SECONDS)
    assert answer["errorMessage"] == (
        f"{EXPORT}/data/a.json.gz: the time is over before line 2: "
        "give the function more memory or a longer timeout"
    )


def test_an_invocation_stops_when_its_bad_lines_fill_much_memory(setting: Setting) -> None:
    setting.export.add("a.json.gz", ["x" * 6_000_000] * 4 + [line(5)])
    setting.run()
    assert setting.handled() == [5]
    (result,) = setting.results("SUCCEEDED")
    assert json.loads(result["Output"]) == {"handledLines": 5, "badLines": 4, "isDone": True}
    objects = setting.failures("bad-lines/")
    assert {key.rpartition("/")[2]: len(text.splitlines()) for key, text in objects.items()} == {
        "0.jsonl": 3,
        "3.jsonl": 1,
    }


def alter(export: Export) -> str:
    other = Export()
    other.add("a.json.gz", [line(1), line(9)])
    export.files |= other.files
    return (
        f"{EXPORT}/data/a.json.gz: "
        "the file does not have the MD5 checksum that the manifest states: download it again"
    )


def truncate(export: Export) -> str:
    export.files["data/a.json.gz"] = export.files["data/a.json.gz"][:-12]
    return f"{EXPORT}/data/a.json.gz: the file cannot be read to its end: incomplete deflate stream"


def add_a_line(export: Export) -> str:
    export.manifest[0]["itemCount"] = 3
    return (
        f"{EXPORT}/data/a.json.gz: "
        "the manifest states 3 items, and the file has 2: download it again"
    )


def remove(export: Export) -> str:
    del export.files["data/a.json.gz"]
    return f"s3://{BUCKET}/{EXPORT}/data/a.json.gz: NoSuchKey: The specified key does not exist."


def move(export: Export) -> str:
    export.manifest[0]["dataFileS3Key"] = "elsewhere/a.json.gz"
    return f"s3://{BUCKET}/elsewhere/a.json.gz: AccessDenied: Access Denied"


def forget_the_checksum(export: Export) -> str:
    del export.manifest[0]["md5Checksum"]
    return "manifest-files.json: not a manifest: expected `md5Checksum` in it"


MISTAKES = [alter, truncate, add_a_line, remove, move, forget_the_checksum]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_file_that_fails_is_named_and_the_others_go_on(mistake: Any, setting: Setting) -> None:
    setting.export = two_files()
    expected = mistake(setting.export)
    with pytest.raises(Failed) as failed:
        setting.run()
    assert failed.value.error == "FilesFailed"
    key = f"s3://{setting.failure_bucket}/results/0b1c2d3e/FAILED_0.json"
    assert failed.value.cause == f"some data files failed: they are in {key}"
    (result,) = setting.results("FAILED")
    assert result["Cause"] == expected
    assert json.loads(result["Input"])["file"] == setting.export.manifest[0]
    assert len(setting.results("SUCCEEDED")) == 2
    assert 3 in setting.handled()


def test_the_files_that_failed_are_handled_again(setting: Setting) -> None:
    setting.export = two_files()
    remove(setting.export)
    with pytest.raises(Failed):
        setting.run()
    assert setting.handled() == [3]
    # As the runbook does with `jq`.
    files = [json.loads(result["Input"])["file"] for result in setting.results("FAILED")]
    text = "".join(f"{json.dumps(file)}\n" for file in files)
    again = {"bucket": setting.failure_bucket, "key": "results/again.jsonl"}
    setting.s3.put_object(Bucket=again["bucket"], Key=again["key"], Body=text)
    setting.export = two_files()
    setting.run(files=again)
    assert setting.handled() == [1, 2]


def test_an_export_in_another_format_fails(setting: Setting) -> None:
    setting.export = two_files()
    setting.export.format = "ION"
    with pytest.raises(Failed):
        setting.run()
    reason = 'the format of the export is "ION": export again as DYNAMODB_JSON'
    causes = {result["Cause"] for result in setting.results("FAILED")}
    assert causes == {f"manifest-summary.json: {reason}"}
    assert setting.handled() == []


def test_an_export_that_is_not_there_fails(setting: Setting) -> None:
    with pytest.raises(Failed, match="The specified key does not exist"):
        setting.run(prefix="AWSDynamoDB/another")


def test_bad_lines_that_cannot_be_kept_are_an_error(setting: Setting) -> None:
    setting.export.add("a.json.gz", [line(1), "not JSON"])
    setting.upload()
    setting.environment["FAILURE_BUCKET"] = BUCKET
    answer = setting.invoke(setting.step())
    key = f"s3://{BUCKET}/bad-lines/{EXPORT}/data/a.json.gz/0.jsonl"
    assert answer["errorMessage"] == f"{key}: AccessDenied: Access Denied"


def test_a_payload_of_another_kind_is_an_error(setting: Setting) -> None:
    setting.export = two_files()
    step = setting.step(progress={"handledLines": "many", "badLines": 0, "isDone": False})
    message = setting.invoke(step)["errorMessage"]
    assert re.search(r"progress\.handledLines.*expected u64", message), message


def test_a_function_without_a_failure_bucket_does_not_start(setting: Setting) -> None:
    setting.export = two_files()
    del setting.environment["FAILURE_BUCKET"]
    with pytest.raises(HTTPError):
        setting.invoke(setting.step())
    log = (setting.folder / "log").read_text(encoding="utf-8")
    assert "FAILURE_BUCKET is not set: name the bucket for the lines that do not fit" in log
