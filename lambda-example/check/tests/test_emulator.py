"""The emulator runs small Python functions that use the Runtime API as the Rust runtime does."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from check.__main__ import main
from check.emulator import running_emulator

FUNCTION = """#!{python}
import json, os, urllib.request
invocation = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urllib.request.urlopen(invocation + "next") as response:
        request = response.headers["lambda-runtime-aws-request-id"]
        event = json.load(response)
    answer = {answer}
    urllib.request.urlopen(invocation + request + "/response", json.dumps(answer).encode()).close()
"""
FIRST_FAILS = (
    '{"batchItemFailures": [{"itemIdentifier": event["number"]}] if "number" in event else []}'
)


def write_function(folder: Path, answer: str) -> str:
    bootstrap = folder / "bootstrap"
    bootstrap.write_text(
        FUNCTION.replace("{python}", sys.executable).replace("{answer}", answer), encoding="utf-8"
    )
    bootstrap.chmod(0o755)
    return str(bootstrap)


def write_event(folder: Path, name: str, event: object) -> str:
    file = folder / name
    file.write_text(json.dumps(event), encoding="utf-8")
    return str(file)


def test_the_expected_answers_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    function = write_function(tmp_path, FIRST_FAILS)
    good, poisoned = (
        write_event(tmp_path, "good.json", {}),
        write_event(tmp_path, "poisoned.json", {"number": "4"}),
    )
    assert main(["run", function, good, f"{poisoned}=4"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert f'{good}: {{"batchItemFailures": []}}' in out
    assert f'{poisoned}: {{"batchItemFailures": [{{"itemIdentifier": "4"}}]}}' in out


@pytest.mark.parametrize(
    ("answer", "number", "line"),
    [
        (
            FIRST_FAILS,
            "=5",
            'the answer is {"batchItemFailures": [{"itemIdentifier": "4"}]}; '
            'allowed is {"batchItemFailures": [{"itemIdentifier": "5"}]}',
        ),
        (
            FIRST_FAILS,
            "",
            'the answer is {"batchItemFailures": [{"itemIdentifier": "4"}]}; '
            'allowed is {"batchItemFailures": []}',
        ),
        ("None", "", 'the answer is null; allowed is {"batchItemFailures": []}'),
        ("exit(1)", "", "there is no answer: HTTP Error 502: Bad Gateway"),
    ],
    ids=["another number", "a failure too many", "no batch response", "no answer"],
)
def test_another_answer_is_one_line(
    answer: str, number: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = write_event(tmp_path, "event.json", {"number": "4"})
    function = write_function(tmp_path, answer)
    assert main(["run", function, event + number]) == 1
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1, err
    assert err.startswith(f"{function}: {event}: {line}"), err


def test_an_event_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = str(tmp_path / "none.json")
    function = write_function(tmp_path, FIRST_FAILS)
    assert main(["run", function, event]) == 1
    assert capsys.readouterr().err.startswith(f"{function}: {event}: there is no answer: [Errno 2]")


def test_a_file_that_is_not_executable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(tmp_path), "event.json"]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: is not an executable file\n"


def test_only_loopback_is_listened_on_and_nothing_is_left(tmp_path: Path) -> None:
    with running_emulator(write_function(tmp_path, FIRST_FAILS)) as emulator:
        emulator.invoke(b"{}")
        listening = listening_addresses(emulator.process.pid)
        (function,) = children(emulator.process.pid)
    # 127.0.0.1 in the notation of /proc/net/tcp.
    assert len(listening) == 2
    assert {address.split(":")[0] for address in listening} == {"0100007F"}
    assert emulator.process.poll() is not None
    assert not Path(f"/proc/{function}").exists()


def listening_addresses(process: int) -> list[str]:
    sockets = {str(file.readlink()) for file in Path(f"/proc/{process}/fd").iterdir()}
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{process}/net/{table}")
        .read_text(encoding="utf-8")
        .splitlines()[1:]
    ]
    return [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets]


def children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [
        int(child)
        for task in tasks
        for child in (task / "children").read_text(encoding="utf-8").split()
    ]
