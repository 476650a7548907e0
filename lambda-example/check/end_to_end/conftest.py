"""The mock of AWS that the tools and the functions use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from check.mock import Client, running_mock
from check.translation import REGION


@pytest.fixture
def client() -> Iterator[Client]:
    """A function that returns a client for a service of a mock that is empty."""
    with running_mock() as client:
        yield client


@pytest.fixture
def s3(client: Client) -> Any:
    """A client of a mock of S3 that is empty."""
    return client("s3")


@pytest.fixture
def environment(s3: Any) -> dict[str, str]:
    """The environment of a tool that uses the mock as S3 and as DynamoDB Streams."""
    return os.environ | {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL_S3": s3.meta.endpoint_url,
        "AWS_ENDPOINT_URL_DYNAMODB_STREAMS": s3.meta.endpoint_url,
    }


@pytest.fixture
def bucket(s3: Any) -> str:
    """The name of a bucket without objects."""
    name = "bucket"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    return name
