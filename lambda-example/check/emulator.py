"""Runs a function's binary under AWS's runtime interface emulator, which aws-sam-cli includes."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import samcli

from check.rejected import Rejected

SECONDS = 30
ARCHITECTURE = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
EMULATOR = Path(samcli.__file__).parent / "local" / "rapid" / f"aws-lambda-rie-{ARCHITECTURE}"


def parse_event(argument: str) -> tuple[str, list[str]]:
    """Reads `FILE`, or `FILE=NUMBER` if the record with that sequence number has to fail."""
    file, _, number = argument.partition("=")
    return file, [number] if number else []


def run_events(binary: str, events: list[tuple[str, list[str]]]) -> Iterator[str]:
    """Passes each event to the function and compares the answer with the expected response."""
    with running_emulator(binary) as emulator:
        for file, failures in events:
            try:
                answer = emulator.invoke(Path(file).read_bytes())
            except (OSError, ValueError) as error:
                yield f"{file}: there is no answer: {error}"
                continue
            print(f"{file}: {json.dumps(answer)}", flush=True)
            wanted = {"batchItemFailures": [{"itemIdentifier": number} for number in failures]}
            if answer != wanted:
                yield f"{file}: the answer is {json.dumps(answer)}; allowed is {json.dumps(wanted)}"


@dataclass(frozen=True)
class Emulator:
    """A running emulator."""

    process: subprocess.Popen[bytes]
    address: str

    def invoke(self, payload: bytes) -> Any:
        """Passes a payload to the function and waits for the answer."""
        request = urllib.request.Request(
            f"http://{self.address}/2015-03-31/functions/function/invocations", payload
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            return json.load(response)


@contextmanager
def running_emulator(
    binary: str,
    log: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    seconds: int = SECONDS,
) -> Iterator[Emulator]:
    """Starts the emulator on free loopback ports, and stops it and its function at the end.

    The function has the environment, and a time limit for each invocation. Its log goes into the
    file, or to stdout.
    """
    if not Path(binary).is_file() or not os.access(binary, os.X_OK):
        raise Rejected("is not an executable file")
    with (
        socket.create_server(("127.0.0.1", 0)) as first,
        socket.create_server(("127.0.0.1", 0)) as second,
    ):
        address, api = (f"127.0.0.1:{listener.getsockname()[1]}" for listener in (first, second))
    # Pass both addresses: by default, the first one is on every interface.
    options = [
        "--log-level",
        "error",
        "--runtime-interface-emulator-address",
        address,
        "--runtime-api-address",
        api,
    ]
    environment = {**environment, "AWS_LAMBDA_FUNCTION_TIMEOUT": str(seconds)}
    with nullcontext() if log is None else log.open("wb") as stdout:
        # Merge stderr into stdout, so that the function's log appears between the answers.
        process = subprocess.Popen(
            [EMULATOR, *options, Path(binary).absolute()],
            env=environment,
            stdout=stdout,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(process, address)
        yield Emulator(process, address)
    finally:
        # On SIGTERM, the emulator kills the function as well.
        process.terminate()
        process.wait(SECONDS)


def _wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    host, port = address.split(":")
    deadline = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((host, int(port))).close()
            return
        except OSError:
            time.sleep(0.1)
    raise Rejected(f"the emulator does not listen on {address}")
