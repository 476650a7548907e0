"""The stack that a translated template makes, in a mock of AWS on the loopback interface."""

from __future__ import annotations

import io
import json
import logging
import urllib.request
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer

from check.event_source import EventSourceMapping, event_source_mappings
from check.finding import Finding, Rejected
from check.translation import CODE, REGION, Template


@dataclass(frozen=True)
class Mock:
    """Where the mock listens."""

    address: str

    def client(self, service: str) -> Any:
        """A client that knows nothing but the mock."""
        # The keys are none: without some, the client would look for the machine's.
        return boto3.client(service, region_name=REGION, endpoint_url=self.address, aws_access_key_id="none", aws_secret_access_key="none")


@contextmanager
def running_mock() -> Iterator[Mock]:
    """Starts the mock on a free port, and stops it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # It says that it does not make alarms and bucket policies; so does `unmade`.
    logging.getLogger("moto").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="moto")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        # What it has made is kept in this process, and not with the server.
        urllib.request.urlopen(urllib.request.Request(f"{address}/moto-api/reset", method="POST")).close()
        yield Mock(address)
    finally:
        server.stop()


@dataclass(frozen=True)
class Stack:
    """A stack in the mock."""

    mock: Mock
    file: str
    template: Template
    # The name of each resource that was made, by its name in the template.
    made: dict[str, str]

    def unmade(self) -> list[str]:
        """The types that the mock does not make."""
        resources = self.template["Resources"].items()
        return sorted({resource["Type"] for name, resource in resources if name not in self.made})

    def settings(self, mapping: EventSourceMapping) -> dict[str, Any]:
        """The settings of an event source mapping, as the mock has them."""
        settings: dict[str, Any] = self.mock.client("lambda").get_event_source_mapping(UUID=self.made[mapping.name])
        # The template has its name, the answer what the name stands for.
        settings["FunctionName"] = settings["FunctionArn"]
        return {key: settings.get(key) for key in mapping.properties}

    def check(self) -> list[Finding]:
        """Compares the settings of each event source mapping to those of the template."""
        return [
            Finding(self.file, f"{mapping.name}.{key}", f"is {json.dumps(value)} in the mock, and {json.dumps(wanted)} in the template")
            for mapping in event_source_mappings(self.template)
            for key, value in self.settings(mapping).items()
            if not self._is(value, wanted := mapping.properties[key])
        ]

    def _is(self, value: Any, wanted: Any) -> bool:
        """Whether a value is what the template says; a reference stands for a text with the resource's name in it."""
        match wanted:
            case {"Ref": name} | {"Fn::GetAtt": [name, *_]}:
                return name in self.made and self.made[name] in str(value)
            case dict():
                return isinstance(value, dict) and all(self._is(value.get(key), inner) for key, inner in wanted.items())
        return bool(value == wanted)


def create_stack(mock: Mock, file: str, template: Template) -> Stack:
    """Creates the stack."""
    _upload_code(mock)
    cloudformation = mock.client("cloudformation")
    name = Path(file).stem
    try:
        cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"])
        stack = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        resources = cloudformation.describe_stack_resources(StackName=name)["StackResources"]
    except ClientError as error:
        raise Rejected([Finding(file, "", f"is no stack in the mock: {error}")]) from error
    if stack["StackStatus"] != "CREATE_COMPLETE":
        raise Rejected([Finding(file, "", f"is no stack in the mock: {stack['StackStatus']}")])
    made = {
        resource["LogicalResourceId"]: resource["PhysicalResourceId"]
        for resource in resources
        if "LogicalResourceId" in resource and "PhysicalResourceId" in resource
    }
    return Stack(mock, file, template, made)


def _upload_code(mock: Mock) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as code:
        code.writestr("bootstrap", "")
    s3 = mock.client("s3")
    s3.create_bucket(Bucket=CODE["Bucket"], CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket=CODE["Bucket"], Key=CODE["Key"], Body=archive.getvalue())
