"""Runs the binary `replay` on a mock of S3, and with the example's function in AWS's emulator."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from check.emulator import running_emulator

TARGET = Path(__file__).parents[3] / "target" / "debug"
REPLAY = TARGET / "replay"
MAPPING = "d6a4e8a0-6a4c-4a71-9d4f-6a2b1c3d4e5f"
STREAM = "arn:aws:dynamodb:eu-central-1:123456789012:table/Samples/stream/2026-01-02T03:04:05.678"
SHARD = "shardId-00000001767323045678-864758bb"
SECONDS = 60


def record(number: int, message: Any = "hello") -> dict[str, Any]:
    value = {"S": message} if isinstance(message, str) else message
    return {
        "eventID": f"event-{number}",
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "eventSourceARN": STREAM,
        "dynamodb": {
            "Keys": {"Id": {"N": str(number)}},
            "NewImage": {
                "Id": {"N": str(number)},
                "Message": value,
                "EntityType": {"S": "Greeting"},
            },
            "SequenceNumber": str(number),
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    }


def failure(records: list[dict[str, Any]], arrival: int, shard: str = SHARD) -> str:
    numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
    failure = {
        "requestContext": {"condition": "RetryAttemptsExhausted", "approximateInvokeCount": 11},
        "timestamp": f"2026-01-02T03:{arrival:02}:30.250Z",
        "DDBStreamBatchInfo": {
            "shardId": shard,
            "startSequenceNumber": numbers[0],
            "endSequenceNumber": numbers[-1],
            "approximateArrivalOfFirstRecord": f"2026-01-02T03:{arrival:02}:00Z",
            "approximateArrivalOfLastRecord": f"2026-01-02T03:{arrival:02}:00Z",
            "batchSize": len(records),
            "streamArn": STREAM,
        },
        "payload": json.dumps({"Records": records}),
    }
    return json.dumps(failure)


def key(arrival: int, shard: str = SHARD) -> str:
    day = "2026/01/02/2026-01-02"
    return f"aws/lambda/{MAPPING}/{shard}/{day}T03.{arrival:02}.30-0b1c2d3e"


@dataclass
class Setting:
    """The parts that `replay` talks to."""

    s3: Any
    bucket: str
    environment: dict[str, str]
    log: Path
    folder: Path

    def put(self, arrival: int, content: str, shard: str = SHARD) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=key(arrival, shard), Body=content)

    def keys(self) -> list[str]:
        contents = self.s3.list_objects_v2(Bucket=self.bucket).get("Contents", [])
        return [entry["Key"] for entry in contents]

    def command(self, *arguments: str) -> list[str]:
        journal = str(self.folder / "journal")
        return [str(REPLAY), *arguments, "--function", "function", "--journal", journal]

    def replay(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def replay_bucket(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.replay("--bucket", self.bucket, "--mapping", MAPPING, *arguments)

    def handled(self) -> list[int]:
        """The numbers of the records that the function has handled, in this order."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        fields = [json.loads(line).get("fields", {}) for line in lines if line.startswith("{")]
        ids = [entry["event_id"] for entry in fields if entry.get("message") == "inserted"]
        return [int(event_id.removeprefix("event-")) for event_id in ids]


@pytest.fixture
def setting(s3: Any, environment: dict[str, str], bucket: str, tmp_path: Path) -> Iterator[Setting]:
    log = tmp_path / "log"
    with running_emulator(str(TARGET / "lambda-example"), log) as emulator:
        endpoint = {"AWS_ENDPOINT_URL_LAMBDA": f"http://{emulator.address}"}
        yield Setting(s3, bucket, environment | endpoint, log, tmp_path)


def test_a_dry_run_lists_what_is_there(setting: Setting) -> None:
    setting.put(2, failure([record(3), record(4, {"L": []})], 2))
    setting.put(1, failure([record(1)], 1))
    result = setting.replay_bucket("--dry-run")
    assert (result.returncode, result.stderr) == (0, "")
    lines = [line for line in result.stdout.splitlines() if not line.startswith("the shards")]
    assert lines == [
        "2 batches and 3 records",
        f"2026-01-02T03:01:30.25Z  {SHARD}  1 record  RetryAttemptsExhausted",
        f"    {key(1)}",
        f"2026-01-02T03:02:30.25Z  {SHARD}  2 records  RetryAttemptsExhausted",
        f"    {key(2)}",
        "    4: new image: Message: expected S (String), found L",
    ]
    assert setting.handled() == []
    assert len(setting.keys()) == 2


def test_every_record_is_handled_once_and_in_order(setting: Setting) -> None:
    setting.put(2, failure([record(3), record(4)], 2))
    setting.put(1, failure([record(1), record(2)], 1))
    # Two objects can contain the same record.
    setting.put(3, failure([record(4), record(5)], 3))
    result = setting.replay_bucket("--delete-replayed")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == "every record is handled"
    assert setting.handled() == [1, 2, 3, 4, 5]
    assert setting.keys() == []


def test_without_the_option_nothing_is_deleted_and_the_journal_remembers(setting: Setting) -> None:
    setting.put(1, failure([record(1), record(2)], 1))
    for _ in range(2):
        result = setting.replay_bucket()
        assert (result.returncode, result.stderr) == (0, "")
    assert setting.handled() == [1, 2]
    assert setting.keys() == [key(1)]
    assert setting.replay_bucket("--delete-replayed").returncode == 0
    assert setting.handled() == [1, 2]
    assert setting.keys() == []


def test_a_failure_stops_the_replay_and_says_how_to_go_on(setting: Setting) -> None:
    setting.put(1, failure([record(1), record(2, {"L": []}), record(3)], 1))
    setting.put(2, failure([record(4)], 2))
    for _ in range(2):
        result = setting.replay_bucket("--delete-replayed")
        assert result.returncode == 1
        assert result.stderr == (
            f"replay: {key(1)}: record 2 failed: fix the cause, which is in the function's log, and "
            "run the same command again, or leave the record out with --skip 2\n"
        )
        assert setting.handled() == [1]
        assert len(setting.keys()) == 2
    result = setting.replay_bucket("--delete-replayed", "--skip", "2")
    assert (result.returncode, result.stderr) == (0, "")
    assert "    left out 2" in result.stdout.splitlines()
    assert setting.handled() == [1, 3, 4]
    # What was left out is not lost, also in a later run, which tries it alone.
    assert setting.keys() == [key(1)]
    for _ in range(2):
        result = setting.replay_bucket("--delete-replayed")
        assert result.returncode == 1
        assert result.stderr.startswith(f"replay: {key(1)}: record 2 failed: ")
        assert setting.handled() == [1, 3, 4]
        assert setting.keys() == [key(1)]


def test_a_folder_is_replayed_as_the_bucket_is(setting: Setting) -> None:
    objects = setting.folder / "objects"
    for arrival, records in [(1, [record(1)]), (2, [record(2), record(3)])]:
        file = objects / key(arrival)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(failure(records, arrival), encoding="utf-8")
    result = setting.replay(str(objects))
    assert (result.returncode, result.stderr) == (0, "")
    assert setting.handled() == [1, 2, 3]
    assert (objects / key(1)).exists()
    assert setting.replay(str(objects), "--delete-replayed").returncode == 0
    assert not (objects / key(1)).exists()


@pytest.mark.parametrize("point", range(10))
def test_a_replay_that_is_killed_loses_nothing(point: int, setting: Setting) -> None:
    batches = {arrival: [arrival * 10 + index for index in range(3)] for arrival in range(20)}
    for arrival, numbers in batches.items():
        setting.put(arrival, failure([record(number) for number in numbers], arrival))
    arguments = ("--bucket", setting.bucket, "--mapping", MAPPING, "--delete-replayed")
    process = subprocess.Popen(
        setting.command(*arguments), env=setting.environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    # The kills are spread over the batches, and fall before, between and after their steps.
    for line in process.stdout:
        if line.startswith(key(2 * point)):
            break
    time.sleep(0.002 * point)
    process.send_signal(signal.SIGKILL)
    process.wait(SECONDS)
    process.stdout.close()

    handled, kept = set(setting.handled()), setting.keys()
    for arrival, numbers in batches.items():
        assert key(arrival) in kept or handled.issuperset(numbers)
    result = setting.replay(*arguments)
    assert (result.returncode, result.stderr) == (0, "")
    assert set(setting.handled()) == {number for numbers in batches.values() for number in numbers}
    assert setting.keys() == []


@dataclass
class Lambda:
    """A Lambda that answers with these statuses and bodies, each after a delay in seconds."""

    answers: list[tuple[int, str, dict[str, str]]]
    payloads: list[Any]
    delay: float

    def serve(self) -> tuple[ThreadingHTTPServer, str]:
        answers, payloads, delay = self.answers, self.payloads, self.delay

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                payloads.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                status, body, headers = answers.pop(0)
                time.sleep(delay)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server, f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture
def answering(setting: Setting) -> Iterator[Callable[..., Lambda]]:
    servers = []

    def serve(*answers: tuple[int, str, dict[str, str]], delay: float = 0) -> Lambda:
        function = Lambda(list(answers), [], delay)
        server, address = function.serve()
        servers.append(server)
        setting.environment["AWS_ENDPOINT_URL_LAMBDA"] = address
        return function

    yield serve
    for server in servers:
        server.shutdown()


def refusal(status: int, code: str) -> tuple[int, str, dict[str, str]]:
    return (status, json.dumps({"Message": "no"}), {"x-amzn-errortype": code})


def test_an_interrupt_ends_after_the_running_invocation(
    setting: Setting, answering: Callable[..., Lambda]
) -> None:
    # Slow enough that the tool is still running when the signal arrives.
    function = answering(*[(200, '{"batchItemFailures":[]}', {})] * 20, delay=0.1)
    for arrival in range(20):
        setting.put(arrival, failure([record(arrival)], arrival))
    arguments = ("--bucket", setting.bucket, "--mapping", MAPPING, "--delete-replayed")
    process = subprocess.Popen(
        setting.command(*arguments),
        env=setting.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(key(3)):
            break
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert errors.splitlines()[-1] == "replay: interrupted: run the same command again to go on"
    result = setting.replay(*arguments)
    assert (result.returncode, result.stderr) == (0, "")
    assert function.payloads == [{"Records": [record(number)]} for number in range(20)]


def test_a_throttled_invocation_is_tried_again(
    setting: Setting, answering: Callable[..., Lambda]
) -> None:
    throttled = refusal(429, "TooManyRequestsException")
    function = answering(throttled, throttled, (200, '{"batchItemFailures":[]}', {}))
    setting.put(1, failure([record(1)], 1))
    result = setting.replay_bucket()
    assert (result.returncode, result.stderr) == (0, "")
    # The function gets the original payload.
    assert function.payloads == [{"Records": [record(1)]}] * 3


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            (200, '{"errorType":"Runtime.ExitError"}', {"x-amz-function-error": "Unhandled"}),
            f"{key(1)}: Unhandled error Runtime.ExitError: any of its records may have been handled; "
            "fix the cause, which is in the function's log, and run the same command again",
        ),
        (
            (200, '{"batchItemFailures":[{"itemIdentifier":"7"}]}', {}),
            f"{key(1)}: the answer names a record that is not in the batch: any of its records may "
            "have been handled; fix the cause, which is in the function's log, and run the same "
            "command again",
        ),
        (refusal(404, "ResourceNotFoundException"), "function function: ResourceNotFoundException: no"),
    ],
    ids=["an error", "another record", "no such function"],
)
def test_an_answer_without_success_deletes_nothing(
    answer: tuple[int, str, dict[str, str]],
    reason: str,
    setting: Setting,
    answering: Callable[..., Lambda],
) -> None:
    answering(answer)
    setting.put(1, failure([record(1)], 1))
    result = setting.replay_bucket("--delete-replayed")
    assert (result.returncode, result.stderr) == (1, f"replay: {reason}\n")
    assert setting.keys() == [key(1)]


def test_an_object_that_is_not_a_failure_record_stops_before_anything_is_invoked(
    setting: Setting,
) -> None:
    setting.put(1, failure([record(1)], 1))
    for content, reason in [
        ("{", "not JSON, from byte 1 on"),
        (
            "{}",
            "not a failure record, but an object without `DDBStreamBatchInfo` and `KinesisBatchInfo`",
        ),
    ]:
        setting.put(2, content)
        result = setting.replay_bucket("--delete-replayed")
        assert (result.returncode, result.stderr) == (1, f"replay: {key(2)}: {reason}\n")
    assert setting.handled() == []
    assert len(setting.keys()) == 2


def test_a_wrong_bucket_folder_and_number(setting: Setting) -> None:
    result = setting.replay("--bucket", "another", "--mapping", MAPPING)
    assert result.returncode == 1
    assert result.stderr == (
        "replay: bucket another: NoSuchBucket: The specified bucket does not exist\n"
    )
    result = setting.replay("nowhere")
    assert result.returncode == 1
    assert result.stderr == "replay: nowhere cannot be read: No such file or directory (os error 2)\n"
    setting.put(1, failure([record(1)], 1))
    result = setting.replay_bucket("--skip", "7")
    assert result.returncode == 1
    assert result.stderr == "replay: --skip 7: no batch has a record with this number\n"
    assert setting.handled() == []


@pytest.mark.parametrize(
    "arguments",
    [[], ["folder", "--bucket", "a", "--mapping", "b"], ["--bucket", "a"], ["f", "--skip", "seven"]],
    ids=["nothing", "both", "no mapping", "no number"],
)
def test_a_wrong_command_line_is_another_exit_code(arguments: list[str]) -> None:
    result = subprocess.run(
        [str(REPLAY), *arguments, "--function", "f"],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert result.returncode == 2
    assert result.stderr.startswith("error: ")
