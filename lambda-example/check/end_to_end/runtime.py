"""A Runtime API that passes on one event with any deadline, which the emulator does not."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any


@dataclass
class Runtime:
    """A running Runtime API."""

    # The environment variables of a function.
    variables: dict[str, str]
    answers: Queue[Any] = field(default_factory=Queue)


@contextmanager
def running_runtime(event: bytes, deadline: int) -> Iterator[Runtime]:
    """Starts the API on a free loopback port, and stops it at the end.

    The deadline is in milliseconds since 1970.
    """
    is_stopped = threading.Event()
    events = Queue[bytes]()
    events.put(event)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if events.empty():
                # There is no second event.
                is_stopped.wait()
                return
            self.reply(
                events.get(),
                {
                    "Lambda-Runtime-Aws-Request-Id": "request",
                    "Lambda-Runtime-Deadline-Ms": str(deadline),
                    "Lambda-Runtime-Invoked-Function-Arn": "function",
                },
            )

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            runtime.answers.put(json.loads(content))
            self.reply(b"", {})

        def reply(self, content: bytes, headers: dict[str, str]) -> None:
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever).start()
    names = ("NAME", "MEMORY_SIZE", "VERSION")
    runtime = Runtime(
        {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}"}
        | {f"AWS_LAMBDA_FUNCTION_{name}": "1" for name in names}
        | {"AWS_LAMBDA_LOG_GROUP_NAME": "log", "AWS_LAMBDA_LOG_STREAM_NAME": "log"}
    )
    try:
        yield runtime
    finally:
        is_stopped.set()
        server.shutdown()
        server.server_close()
