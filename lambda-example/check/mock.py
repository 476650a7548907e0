"""A mock of AWS on the loopback interface."""

from __future__ import annotations

import logging
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

from check.translation import REGION

Client = Callable[[str], Any]


@contextmanager
def running_mock() -> Iterator[Client]:
    """Starts the mock on a free port, and stops it at the end.

    Yields a function that returns a client for a service of the mock.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # moto warns that it does not create alarms and bucket policies. `check_stack` reports this.
    logging.getLogger("moto").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="moto")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        # The resources belong to this process, not to the server: remove those of an earlier mock.
        urllib.request.urlopen(
            urllib.request.Request(f"{address}/moto-api/reset", method="POST")
        ).close()
        # Placeholder keys: without any, the client would search for those of the machine.
        session: Any = boto3.Session(
            aws_access_key_id="none", aws_secret_access_key="none", region_name=REGION
        )
        yield lambda service: session.client(service, endpoint_url=address)
    finally:
        server.stop()
