"""The CloudFormation template that a SAM template stands for, made offline."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import boto3
import yaml
from samtranslator.model.exceptions import ExceptionWithMessage, InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

from check.finding import Finding, Rejected

Template = dict[str, Any]

REGION = "eu-central-1"
# Where `sam package` would have put the binary.
CODE = {"Bucket": "artifacts", "Key": "function.zip"}


def translate(file: str) -> Template:
    """Translates a template; its parameters take their defaults."""
    template = _read(file)
    for resource in template["Resources"].values():
        if isinstance(resource, dict) and resource.get("Type") == "AWS::Serverless::Function":
            resource.setdefault("Properties", {})["CodeUri"] = CODE
    # It warns of metrics that nobody collects.
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    # The map of managed policies would come from IAM; a template that names one by its ARN needs none.
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    try:
        translated: Template = translator.translate(template, {})
    except InvalidDocumentException as error:
        raise Rejected([_describe(file, cause) for cause in error.causes]) from error
    return translated


def _read(file: str) -> Template:
    try:
        template = yaml_parse(Path(file).read_text(encoding="utf-8"))
    except OSError as error:
        raise Rejected([Finding(file, "", f"cannot be read: {error.strerror}")]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Rejected([Finding(file, "", f"is not YAML: {error}")]) from error
    if not isinstance(template, dict) or not isinstance(template.get("Resources"), dict):
        raise Rejected([Finding(file, "Resources", "is not there: a template is a map with a map of resources")])
    return template


def _describe(file: str, cause: ExceptionWithMessage) -> Finding:
    """The translator puts the place in front of what is wrong, as `Resource with id [A] is invalid. Event with id [B] is invalid. …`."""
    place, problem = [], cause.message
    while match := re.match(r"(?:Resource|Event) with id \[(\w+)] is invalid\.\s*(.*)", problem, re.DOTALL):
        place.append(match[1])
        problem = match[2]
    return Finding(file, ".".join(place), f"does not translate: {problem.rstrip('.')}")
