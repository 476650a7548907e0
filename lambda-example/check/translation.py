"""Translates a SAM template to CloudFormation, offline."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import boto3
import yaml
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

from check.rejected import Rejected

Template = dict[str, Any]

REGION = "eu-central-1"
# The object that `sam package` would have uploaded.
CODE = {"Bucket": "artifacts", "Key": "function.zip"}


def translate(file: str) -> Template:
    """Translates a template. Its parameters take their defaults."""
    template = _read(file)
    for resource in template["Resources"].values():
        match resource:
            case {"Type": "AWS::Serverless::Function", "Properties": dict(properties)}:
                properties["CodeUri"] = CODE
    # The translator warns about usage metrics, which are not collected here.
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    # The map of managed policies would come from IAM. A template that names policies by their ARN
    # does not need one.
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    try:
        translated: Template = translator.translate(template, {})
    except InvalidDocumentException as error:
        raise Rejected(
            *(f"does not translate: {cause.message.rstrip('.')}" for cause in error.causes)
        ) from error
    return translated


def _read(file: str) -> Template:
    try:
        template: Any = yaml_parse(Path(file).read_text(encoding="utf-8"))
    except OSError as error:
        raise Rejected(f"cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise Rejected(f"is not YAML: {error}") from error
    if not isinstance(template, dict) or not isinstance(template.get("Resources"), dict):
        raise Rejected("Resources: is not there, or is not a map")
    return template
