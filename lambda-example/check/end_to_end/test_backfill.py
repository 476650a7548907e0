"""Runs the binary `backfill` on exports in a folder, and in a mock of S3."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from check.end_to_end.export import EXPORT, Export, handled, line, two_files

BACKFILL = Path(__file__).parents[3] / "target" / "debug" / "backfill"
SECONDS = 60


@dataclass
class Tool:
    """The binary, with its files in a folder."""

    folder: Path
    environment: dict[str, str]

    def command(self, *arguments: str) -> list[str]:
        journal, bad_lines = str(self.folder / "journal"), str(self.folder / "bad-lines")
        return [str(BACKFILL), *arguments, "--journal", journal, "--bad-lines", bad_lines]

    def run(self, *arguments: str) -> tuple[int, str, list[str], list[int]]:
        """Runs the tool. Returns its exit code, its output, its errors and the handled numbers."""
        result = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        errors = [text for text in result.stderr.splitlines() if not text.startswith("{")]
        return result.returncode, result.stdout, errors, handled(result.stderr)

    def bad_lines(self) -> list[dict[str, Any]]:
        text = (self.folder / "bad-lines").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def tool(environment: dict[str, str], tmp_path: Path) -> Tool:
    return Tool(tmp_path, environment | {"RUST_LOG": "lambda_example=debug"})


def test_every_item_of_a_folder_is_handled(tool: Tool) -> None:
    folder = str(two_files().write(tool.folder))
    code, out, errors, numbers = tool.run(folder)
    assert (code, out, errors) == (0, "3 items are handled\n", [])
    assert sorted(numbers) == [1, 2, 3]
    # The journal remembers them.
    assert tool.run(folder) == (0, "3 items are handled\n", [], [])


def test_every_item_of_a_bucket_is_handled(tool: Tool, s3: Any, bucket: str) -> None:
    for name, content in two_files().all_files().items():
        s3.put_object(Bucket=bucket, Key=f"{EXPORT}/{name}", Body=content)
    code, out, errors, numbers = tool.run(f"s3://{bucket}/{EXPORT}/")
    assert (code, out, errors) == (0, "3 items are handled\n", [])
    assert sorted(numbers) == [1, 2, 3]


def test_lines_that_do_not_fit_are_kept_and_the_next_one_is_handled(tool: Tool) -> None:
    export = Export()
    export.add("a.json.gz", [line(1), line(2, {"L": []}), "not JSON", line(4)])
    code, out, errors, numbers = tool.run(str(export.write(tool.folder)))
    assert (code, errors) == (0, [])
    assert out.splitlines() == [
        f"2 lines do not fit, and are in {tool.folder}/bad-lines with the values of their items",
        "4 items are handled",
    ]
    assert numbers == [1, 4]
    file = f"{EXPORT}/data/a.json.gz"
    assert tool.bad_lines() == [
        {
            "file": file,
            "line": 2,
            "error": "new image: Message: expected S (String), found L",
            "text": line(2, {"L": []}),
        },
        {"file": file, "line": 3, "error": "not JSON, from byte 0 on", "text": "not JSON"},
    ]


def test_the_changes_of_an_incremental_export_are_handled(tool: Tool) -> None:
    keys = {"Id": {"N": "7"}}
    item = json.loads(line(7))["Item"]
    metadata = {"WriteTimestampMicros": {"N": "1767323045678000"}}
    export = Export()
    export.add(
        "a.json.gz",
        [
            json.dumps({"Metadata": metadata, "Keys": keys, "NewImage": item}),
            json.dumps({"Metadata": metadata, "Keys": keys, "NewImage": item, "OldImage": item}),
            json.dumps({"Metadata": metadata, "Keys": keys, "OldImage": item}),
        ],
    )
    code, out, errors, numbers = tool.run(str(export.write(tool.folder)))
    assert (code, out, errors) == (0, "3 items are handled\n", [])
    assert numbers == [7, 7]


def write_altered(folder: Path) -> tuple[str, str]:
    export = two_files()
    other = Export()
    other.add("a.json.gz", [line(1), line(9)])
    export.files |= other.files
    reason = "the file does not have the MD5 checksum that the manifest states: download it again"
    return str(export.write(folder)), f"{EXPORT}/data/a.json.gz: {reason}"


def write_truncated(folder: Path) -> tuple[str, str]:
    export = two_files()
    export.files["data/a.json.gz"] = export.files["data/a.json.gz"][:-12]
    reason = "the file cannot be read to its end: incomplete deflate stream"
    return str(export.write(folder)), f"{EXPORT}/data/a.json.gz: {reason}"


def write_longer(folder: Path) -> tuple[str, str]:
    export = two_files()
    export.manifest[0]["itemCount"] = 3
    reason = "the manifest states 3 items, and the file has 2: download it again"
    return str(export.write(folder)), f"{EXPORT}/data/a.json.gz: {reason}"


def write_without_a_file(folder: Path) -> tuple[str, str]:
    export = two_files()
    del export.files["data/a.json.gz"]
    path = folder / EXPORT
    reason = "which the manifest names: No such file or directory (os error 2)"
    return str(export.write(folder)), f"{path}/data/a.json.gz, {reason}"


def write_ion(folder: Path) -> tuple[str, str]:
    export = two_files()
    export.format = "ION"
    path = export.write(folder)
    reason = 'the format of the export is "ION": export again as DYNAMODB_JSON'
    return str(path), f"{path}/manifest-summary.json: {reason}"


def write_other_counts(folder: Path) -> tuple[str, str]:
    path = two_files().write(folder)
    file = path / "manifest-files.json"
    file.write_text("\n".join(file.read_text(encoding="utf-8").splitlines()[:2]), encoding="utf-8")
    reason = "its files have 2 items, and the export has 3: download it again"
    return str(path), f"{path}/manifest-files.json: {reason}"


def write_no_manifest(folder: Path) -> tuple[str, str]:
    path = two_files().write(folder)
    (path / "manifest-summary.json").write_text("[", encoding="utf-8")
    return str(path), f"{path}/manifest-summary.json: not a manifest: expected a JSON object"


def write_nothing(folder: Path) -> tuple[str, str]:
    reason = "No such file or directory (os error 2)"
    return str(folder), f"{folder}/manifest-summary.json: {reason}"


@pytest.mark.parametrize(
    "write",
    [
        write_altered,
        write_truncated,
        write_longer,
        write_without_a_file,
        write_ion,
        write_other_counts,
        write_no_manifest,
        write_nothing,
    ],
)
def test_an_export_that_is_not_whole_is_one_line(write: Any, tool: Tool) -> None:
    location, expected = write(tool.folder)
    for _ in range(2):
        code, _, errors, _ = tool.run(location, "--concurrency", "1")
        assert (code, errors) == (1, [f"backfill: {expected}"])


def test_a_bucket_that_is_not_there_is_one_line(tool: Tool, bucket: str) -> None:
    code, _, errors, _ = tool.run(f"s3://another/{EXPORT}")
    assert code == 1
    assert errors == [
        f"backfill: s3://another/{EXPORT}/manifest-summary.json: NoSuchBucket: "
        "The specified bucket does not exist"
    ]
    code, _, errors, _ = tool.run(f"s3://{bucket}/{EXPORT}")
    assert code == 1
    assert errors == [
        f"backfill: s3://{bucket}/{EXPORT}/manifest-summary.json: NoSuchKey: "
        "The specified key does not exist."
    ]


@pytest.mark.parametrize("arguments", [[], ["a", "--concurrency", "0"]], ids=["none", "zero"])
def test_a_wrong_command_line_is_another_exit_code(arguments: list[str], tool: Tool) -> None:
    result = subprocess.run(
        [str(BACKFILL), *arguments], capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert result.returncode == 2
    assert result.stderr.startswith("error: ")


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_backfill_that_is_stopped_goes_on_and_loses_nothing(
    stop: signal.Signals, tool: Tool
) -> None:
    export = Export()
    for file in range(8):
        export.add(f"{file}.json.gz", [line(file * 3000 + index) for index in range(3000)])
    folder = str(export.write(tool.folder))
    numbers: list[int] = []
    for attempt in range(10):
        log = tool.folder / "log"
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                tool.command(folder),
                env=tool.environment,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )
            time.sleep(0.05 * (attempt + 1))
            process.send_signal(stop)
            process.wait(SECONDS)
        numbers += handled(log.read_text(encoding="utf-8"))
    code, _, errors, last = tool.run(folder)
    assert (code, errors) == (0, [])
    assert set(numbers + last) == set(range(24000))
