"""Exports of the example's table."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EXPORT = "AWSDynamoDB/01767323045678-2d8752fd"


def line(number: int, message: Any = "hello") -> str:
    value = {"S": message} if isinstance(message, str) else message
    item = {"Id": {"N": str(number)}, "Message": value, "EntityType": {"S": "Greeting"}}
    return json.dumps({"Item": item})


@dataclass
class Export:
    """The files of an export, by their keys below the folder of the export."""

    files: dict[str, bytes] = field(default_factory=dict)
    manifest: list[dict[str, Any]] = field(default_factory=list)
    format: str = "DYNAMODB_JSON"

    def add(self, name: str, lines: list[str]) -> None:
        text = "".join(line + "\n" for line in lines)
        # The same lines have the same checksum at any time.
        content = gzip.compress(text.encode(), mtime=0)
        self.files[f"data/{name}"] = content
        self.manifest.append(
            {
                "itemCount": len(lines),
                "md5Checksum": base64.b64encode(hashlib.md5(content).digest()).decode(),
                "dataFileS3Key": f"{EXPORT}/data/{name}",
            }
        )

    def all_files(self) -> dict[str, bytes]:
        summary = {
            "version": "2020-06-30",
            "itemCount": sum(file["itemCount"] for file in self.manifest),
            "outputFormat": self.format,
            "manifestFilesS3Key": f"{EXPORT}/manifest-files.json",
        }
        files = "".join(json.dumps(file) + "\n" for file in self.manifest)
        return self.files | {
            "manifest-summary.json": json.dumps(summary).encode(),
            "manifest-files.json": files.encode(),
        }

    def write(self, folder: Path) -> Path:
        for name, content in self.all_files().items():
            path = folder / EXPORT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder / EXPORT


def two_files() -> Export:
    export = Export()
    export.add("a.json.gz", [line(1), line(2)])
    export.add("b.json.gz", [])
    export.add("c.json.gz", [line(3)])
    return export


def handled(log: str) -> list[int]:
    """The ids of the items that the handler has logged."""
    return [int(number) for number in re.findall(r'"new":"SampleModel \{ id: (\d+),', log)]
