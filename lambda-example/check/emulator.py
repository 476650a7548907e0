"""AWS's own runtime interface emulator, which the wheel of aws-sam-cli ships, around a function's binary."""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from check.finding import Finding, Rejected

SECONDS = 30


@dataclass(frozen=True)
class Event:
    """A payload, and the sequence numbers that the function is to report of it."""

    file: str
    failures: list[str]

    @classmethod
    def parse(cls, argument: str) -> Event:
        """Reads `FILE`, or `FILE=NUMBER` for a batch that fails at that record."""
        file, _, number = argument.partition("=")
        return cls(file, [number] if number else [])

    def check(self, answer: Any) -> list[Finding]:
        """Compares the answer to what is expected of a function with ReportBatchItemFailures."""
        wanted = {"batchItemFailures": [{"itemIdentifier": number} for number in self.failures]}
        if answer == wanted:
            return []
        return [Finding(self.file, "answer", f"is {json.dumps(answer)}; allowed is {json.dumps(wanted)}")]


@dataclass(frozen=True)
class Emulator:
    """An emulator that runs."""

    process: subprocess.Popen[bytes]
    address: str

    def invoke(self, payload: bytes) -> Any:
        """Hands the function a payload, and waits for the answer."""
        request = urllib.request.Request(f"http://{self.address}/2015-03-31/functions/function/invocations", payload)
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            return json.load(response)


def run_events(binary: str, events: list[Event]) -> list[Finding]:
    """Hands each event to the function, and prints its answer."""
    findings = []
    with running_emulator(binary) as emulator:
        for event in events:
            try:
                answer = emulator.invoke(Path(event.file).read_bytes())
            except (OSError, ValueError) as error:
                findings.append(Finding(event.file, "answer", f"there is none: {error}"))
                continue
            print(f"{event.file}: {json.dumps(answer)}", flush=True)
            findings += event.check(answer)
    return findings


@contextmanager
def running_emulator(binary: str) -> Iterator[Emulator]:
    """Starts the emulator on free ports of the loopback interface, and stops it with the function that it has started."""
    if not os.access(binary, os.X_OK) or Path(binary).is_dir():
        raise Rejected([Finding(binary, "", "is no executable file")])
    address, api = _free_addresses(2)
    # Both addresses are given: the first one's default is every interface.
    command = [_executable(), "--log-level", "error", "--runtime-interface-emulator-address", address, "--runtime-api-address", api]
    environment = os.environ | {"AWS_LAMBDA_FUNCTION_TIMEOUT": str(SECONDS)}
    # The function's log is between the answers.
    process = subprocess.Popen([*command, str(Path(binary).absolute())], env=environment, stderr=subprocess.STDOUT)
    try:
        _wait_for(process, address, binary)
        yield Emulator(process, address)
    finally:
        # At SIGTERM it kills the function too.
        process.terminate()
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _executable() -> str:
    package = importlib.util.find_spec("samcli")
    if package is None or package.origin is None:
        raise Rejected([Finding("aws-sam-cli", "", "is not installed: pip install -r check/requirements.txt")])
    architecture = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return str(Path(package.origin).parent / "local" / "rapid" / f"aws-lambda-rie-{architecture}")


def _free_addresses(count: int) -> list[str]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [f"127.0.0.1:{listener.getsockname()[1]}" for listener in sockets]
    finally:
        for listener in sockets:
            listener.close()


def _wait_for(process: subprocess.Popen[bytes], address: str, binary: str) -> None:
    host, port = address.split(":")
    for _ in range(SECONDS * 10):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise Rejected([Finding(binary, "", f"the emulator does not listen on {address}")])
