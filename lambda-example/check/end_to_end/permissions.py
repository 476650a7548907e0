"""Users of the mock that have the permissions of a role, and no others.

The mock checks the actions and the resources of a policy, but not its conditions.
"""

from __future__ import annotations

import ast
import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3

from check.mock import Client
from check.translation import REGION

Policies = dict[str, Any]


def read_policies(client: Client, role: str) -> Policies:
    """Returns the policies of a role by their names."""
    iam = client("iam")
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    policies = {
        name: iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        for name in names
    }
    # The mock writes a policy of a stack in the notation of Python instead of JSON.
    return {
        name: ast.literal_eval(policy) if isinstance(policy, str) else policy
        for name, policy in policies.items()
    }


def create_user(client: Client, name: str, policies: Policies) -> dict[str, str]:
    """Creates a user with these policies. Returns the environment variables with its keys."""
    iam = client("iam")
    iam.create_user(UserName=name)
    for policy, document in policies.items():
        iam.put_user_policy(UserName=name, PolicyName=policy, PolicyDocument=json.dumps(document))
    keys = iam.create_access_key(UserName=name)["AccessKey"]
    return {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
    }


def open_s3(client: Client, keys: dict[str, str]) -> Any:
    """Returns a client of S3 for a user."""
    session: Any = boto3.Session(
        aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
        region_name=REGION,
    )
    return session.client("s3", endpoint_url=client("s3").meta.endpoint_url)


@contextmanager
def enforced_permissions(client: Client) -> Iterator[None]:
    """Makes the mock refuse what a user is not allowed to do, until the end."""
    _exempt(client, "0")
    try:
        yield
    finally:
        _exempt(client, "inf")


def _exempt(client: Client, requests: str) -> None:
    """Sets the number of requests whose permissions the mock does not check."""
    address = f"{client('s3').meta.endpoint_url}/moto-api/reset-auth"
    request = urllib.request.Request(
        address, requests.encode(), {"Content-Type": "text/plain"}, method="POST"
    )
    urllib.request.urlopen(request).close()
