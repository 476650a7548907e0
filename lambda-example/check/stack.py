"""Creates the stack of a translated template in a mock of AWS on the loopback interface."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from check.mapping import find_mappings
from check.mock import Client, running_mock
from check.rejected import Rejected
from check.translation import CODE, REGION, Template


def check_stack(file: str, template: Template) -> Iterator[str]:
    """Creates the stack, and compares the settings of each mapping in it with the template."""
    with running_mock() as client:
        made = create_stack(client, template)
        unmade = sorted(
            {
                resource["Type"]
                for name, resource in template["Resources"].items()
                if name not in made
            }
        )
        print(
            f"{file}: {len(made)} resources in the mock, "
            f"which makes no {' and no '.join(unmade) or 'others'}"
        )
        for name, properties in find_mappings(template).items():
            settings = client("lambda").get_event_source_mapping(UUID=made[name])
            # The template has the function's name; the mock answers with the ARN.
            settings["FunctionName"] = settings["FunctionArn"]
            print(f"{file}: {name}: {json.dumps({key: settings.get(key) for key in properties})}")
            for key, wanted in properties.items():
                if not _is_equal(settings.get(key), wanted, made):
                    yield (
                        f"{name}.{key}: is {json.dumps(settings.get(key))} in the mock, "
                        f"and {json.dumps(wanted)} in the template"
                    )


def _is_equal(value: Any, wanted: Any, made: dict[str, str]) -> bool:
    """Returns `True` if a setting has the value in the template.

    A reference matches any text that contains the name of the created resource.
    """
    match wanted:
        case {"Ref": name} | {"Fn::GetAtt": [name, *_]}:
            return name in made and made[name] in str(value)
        case dict():
            return isinstance(value, dict) and all(
                _is_equal(value.get(key), inner, made) for key, inner in wanted.items()
            )
    return bool(value == wanted)


def create_stack(client: Client, template: Template) -> dict[str, str]:
    """Creates the stack. Returns the id of each created resource by its name in the template."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as code:
        code.writestr("bootstrap", "")
    client("s3").create_bucket(
        Bucket=CODE["Bucket"], CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    client("s3").put_object(**CODE, Body=archive.getvalue())
    cloudformation = client("cloudformation")
    try:
        cloudformation.create_stack(
            StackName="samples",
            TemplateBody=json.dumps(template),
            Capabilities=["CAPABILITY_IAM"],
            # A parameter without a default gets any value.
            Parameters=[
                {"ParameterKey": name, "ParameterValue": name.lower()}
                for name, parameter in template.get("Parameters", {}).items()
                if "Default" not in parameter
            ],
        )
        status = cloudformation.describe_stacks(StackName="samples")["Stacks"][0]["StackStatus"]
        resources = cloudformation.describe_stack_resources(StackName="samples")["StackResources"]
    except ClientError as error:
        raise Rejected(f"is not a stack that the mock can create: {error}") from error
    if status != "CREATE_COMPLETE":
        raise Rejected(f"is not a stack that the mock can create: {status}")
    return {
        resource["LogicalResourceId"]: resource["PhysicalResourceId"]
        for resource in resources
        if "PhysicalResourceId" in resource
    }
