"""The templates pass. A copy with one mistake fails, with one line that says where and what."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cfnlint.api import ManualArgs
from cfnlint.api import lint as lint_any
from moto.events.models import EventPattern

from check.__main__ import main
from check.mapping import find_mappings
from check.pattern import check_pattern
from check.states import is_path
from check.translation import REGION, translate

HERE = Path(__file__).parents[2]
STREAM = HERE / "template.yaml"
SINGLE_TABLE = HERE / "template-single-table.yaml"
KINESIS = HERE / "template-kinesis.yaml"
BACKFILL = HERE / "template-backfill.yaml"
TEMPLATES = [STREAM, SINGLE_TABLE, KINESIS]
FILTER = """'{"dynamodb": {"NewImage": {"EntityType": {"S": ["Greeting"]}}}}'"""
PATTERN = "FunctionStream.FilterCriteria.Filters.0.Pattern"


def broken(folder: Path, right: str, wrong: str, template: Path = STREAM) -> str:
    """Copies a template with a mistake in it and returns the path of the copy."""
    text = template.read_text(encoding="utf-8")
    assert right in text
    copy = folder / "broken.yaml"
    copy.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return str(copy)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_good_template_passes(template: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", str(template)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    settings = json.loads(out.split("FunctionStream: ")[1])
    assert settings["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert settings["BisectBatchOnFunctionError"] is True
    assert (settings["MaximumRetryAttempts"], settings["MaximumRecordAgeInSeconds"]) == (10, 3600)
    assert settings["DestinationConfig"]["OnFailure"]["Destination"].startswith("arn:aws:s3:::")


MISTAKES = {
    "an event that does not translate": (
        "Type: DynamoDB\n",
        "Type: Dynamo\n",
        "does not translate: Resource with id [Function] is invalid. "
        "Event with id [Stream] is invalid. Resource dict has missing or invalid value",
    ),
    "a type that does not translate": (
        "BatchSize: 100",
        "BatchSize: many",
        "does not translate: Resource with id [FunctionStream] is invalid. "
        "Type of property 'BatchSize' is invalid",
    ),
    "no YAML": ("Resources:", "Resources: [", "is not YAML: while parsing a flow sequence"),
    "a batch that is too large": (
        "BatchSize: 100",
        "BatchSize: 10001",
        "FunctionStream.BatchSize: 10001 is greater than the maximum of 10000 (cfn-lint E3034)",
    ),
    "a batch that is too small": (
        "BatchSize: 100",
        "BatchSize: 0",
        "FunctionStream.BatchSize: 0 is less than the minimum of 1",
    ),
    "an unknown runtime": (
        "provided.al2023",
        "provided.al2024",
        "Function.Runtime: 'provided.al2024' is not one of ['dotnet10'",
    ),
    "too many retries": (
        "MaximumRetryAttempts: 10",
        "MaximumRetryAttempts: 10001",
        "FunctionStream.MaximumRetryAttempts: 10001 is greater than the maximum of 10000",
    ),
    "a negative number of retries": (
        "MaximumRetryAttempts: 10",
        "MaximumRetryAttempts: -2",
        "FunctionStream.MaximumRetryAttempts: -2 is less than the minimum of -1",
    ),
    "an age that is too short": (
        "MaximumRecordAgeInSeconds: 3600",
        "MaximumRecordAgeInSeconds: 59",
        "FunctionStream.MaximumRecordAgeInSeconds: 59 is less than the minimum of 60",
    ),
    "a wrong response type": (
        "[ReportBatchItemFailures]",
        "[ReportItemFailures]",
        "FunctionStream.FunctionResponseTypes.0: "
        "'ReportItemFailures' is not one of ['ReportBatchItemFailures']",
    ),
    "no response type": (
        "FunctionResponseTypes: [ReportBatchItemFailures]",
        "Enabled: true",
        "FunctionStream.FunctionResponseTypes: is missing, and Lambda ignores which records "
        "failed; allowed is [ReportBatchItemFailures]",
    ),
    "a filter that is not JSON": (
        FILTER,
        "'{dynamodb'",
        f"{PATTERN}: is not valid JSON: Expecting property name",
    ),
    "a filter that is a list": (
        FILTER,
        "'[]'",
        f"{PATTERN}: is not a valid pattern: it has to be an object",
    ),
    "a value without a list": (
        FILTER,
        """'{"eventName": "INSERT"}'""",
        f"{PATTERN}: eventName: has to be an object, or a list that is not empty",
    ),
    "an empty list": (
        FILTER,
        """'{"eventName": []}'""",
        f"{PATTERN}: eventName: has to be an object, or a list that is not empty",
    ),
    "an unknown operator": (
        FILTER,
        """'{"dynamodb": {"NewImage": {"EntityType": {"S": [{"like": "G%"}]}}}}'""",
        f"{PATTERN}: dynamodb.NewImage.EntityType.S: "
        '{"like": "G%"} is not an operator; allowed is one of anything-but',
    ),
    "alternatives that are no patterns": (
        FILTER,
        """'{"$or": ["INSERT"]}'""",
        f"{PATTERN}: $or: a record has no such key",
    ),
    "a numeric operator on N": (
        FILTER,
        """'{"dynamodb": {"Keys": {"Id": {"N": [{"numeric": [">", 7]}]}}}}'""",
        f"{PATTERN}: dynamodb.Keys.Id.N: a number matches nothing, as an N is a string",
    ),
    "a number on N": (
        FILTER,
        """'{"dynamodb": {"Keys": {"Id": {"N": [7]}}}}'""",
        f"{PATTERN}: dynamodb.Keys.Id.N: a number matches nothing",
    ),
    "a value without its attribute type": (
        FILTER,
        """'{"dynamodb": {"NewImage": {"EntityType": ["Greeting"]}}}'""",
        f"{PATTERN}: dynamodb.NewImage.EntityType: a value is under its attribute type",
    ),
    "a nested value without its attribute type": (
        FILTER,
        """'{"dynamodb": {"NewImage": {"Tags": {"M": {"Colour": ["red"]}}}}}'""",
        f"{PATTERN}: dynamodb.NewImage.Tags.M.Colour: a value is under its attribute type",
    ),
    "an image that is none": (
        FILTER,
        """'{"dynamodb": {"Image": {"EntityType": {"S": ["Greeting"]}}}}'""",
        f"{PATTERN}: dynamodb.Image.EntityType.S: a record has no such key; "
        "allowed are Keys, NewImage, OldImage",
    ),
    "an event name that is none": (
        FILTER,
        """'{"eventName": ["DELETE"]}'""",
        f"{PATTERN}: eventName: DELETE is not an event name; allowed are INSERT, MODIFY, REMOVE",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "line"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_line(
    right: str, wrong: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = broken(tmp_path, right, wrong)
    assert main(["template", file]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1, err
    assert err.startswith(f"{file}: {line}"), err


def test_the_template_of_the_backfill_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", str(BACKFILL)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        f"{BACKFILL}: 6 resources in the mock, "
        "which makes no AWS::CloudWatch::Alarm and no AWS::S3::BucketPolicy\n"
    )


STATE_MISTAKES = {
    "a state that is not there": (
        "Next: ReadResults\n",
        "Next: ReadResult\n",
        "StateMachine.HandleFiles: there is no state ReadResult to go on to",
    ),
    "a state that is not there within a map": (
        "Default: HandleFile\n",
        "Default: HandleFiles\n",
        "StateMachine.IsDone: there is no state HandleFiles to go on to",
    ),
    "a state that nothing goes on to": (
        "Default: NameAllFiles",
        "Default: HandleFiles",
        "StateMachine.NameAllFiles: no state goes on to it",
    ),
    "no first state": (
        "StartAt: ReadSummary",
        "StartAt: ReadManifest",
        "StateMachine.DefinitionString.StartAt: Missing 'Next' target 'ReadManifest' at /StartAt",
    ),
    "an unknown field": (
        "MaxConcurrencyPath:",
        "MaximumConcurrencyPath:",
        "StateMachine.DefinitionString.States.HandleFiles.MaximumConcurrencyPath: "
        "Additional properties are not allowed",
    ),
    "a substitution that is not there": (
        "FailureBucketName: !Ref FailureBucket\n",
        "FailureBucket: !Ref FailureBucket\n",
        'StateMachine.DefinitionString: Found an embedded parameter "${FailureBucketName}"',
    ),
    "a substitution that is not used": (
        "FunctionName: ${FunctionArn}",
        "FunctionName: function",
        "StateMachine.DefinitionSubstitutions: FunctionArn is not used",
    ),
    "a path that is none": (
        "Key.$: $.files.key",
        "Key.$: files.key",
        "StateMachine.States.HandleFiles.ItemReader.Parameters.Key.$: "
        "files.key is neither a path nor an intrinsic function",
    ),
    "a function that does not end": (
        "States.Format('{}/manifest-summary.json', $.prefix)",
        "States.Format('{}/manifest-summary.json', $.prefix",
        "StateMachine.States.ReadSummary.Parameters.Key.$: "
        "States.Format('{}/manifest-summary.json', $.prefix is neither",
    ),
    "a function that is none": (
        "summary.$: States.StringToJson($.Body)",
        "summary.$: States.ParseJson($.Body)",
        "StateMachine.States.ReadSummary.ResultSelector.summary.$: "
        "States.ParseJson($.Body) is neither",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "line"), STATE_MISTAKES.values(), ids=STATE_MISTAKES)
def test_a_mistake_in_a_state_machine_is_one_line(
    right: str, wrong: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = broken(tmp_path, right, wrong, BACKFILL)
    assert main(["template", file]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1, err
    assert err.startswith(f"{file}: {line}"), err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$", True),
        ("$.a.b[0]['c d']", True),
        ("$$.Map.Item.Value", True),
        ("States.UUID()", True),
        ("States.ArrayGetItem(States.StringSplit('a,b', ','), 1)", True),
        (r"States.Format('it\'s {}', $.a)", True),
        ("", False),
        ("$a", False),
        ("$.a.", False),
        ("States.UUID", False),
        ("States.Format('{}' $.a)", False),
        ("States.Format(States.None($.a))", False),
    ],
)
def test_a_path_is_told_from_other_texts(text: str, expected: bool) -> None:
    assert is_path(text) is expected


def test_kinesis_is_filtered_by_its_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = broken(tmp_path, """'{"data": """, """'{"body": """, KINESIS)
    assert main(["template", file]) == 1
    line = (
        "body.dynamodb.NewImage.EntityType.S: "
        "Kinesis records are filtered by what is in them; allowed is data"
    )
    assert capsys.readouterr().err == f"{file}: {PATTERN}: {line}\n"


def test_a_file_that_is_not_there_does_not_hide_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, file = str(tmp_path / "none.yaml"), broken(tmp_path, "BatchSize: 100", "BatchSize: 0")
    assert main(["template", missing, file]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"{missing}: cannot be read: No such file or directory"
    assert lines[1].startswith(f"{file}: FunctionStream.BatchSize: 0 is less")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("BatchSize: 100", "BatchSize: 10001"),
        ("provided.al2023", "provided.al2024"),
        ("MaximumRetryAttempts: 10", "MaximumRetryAttempts: 10001"),
    ],
)
def test_linting_the_sam_form_is_not_enough(right: str, wrong: str, tmp_path: Path) -> None:
    """This is why the checks lint the translated template."""
    file = broken(tmp_path, right, wrong)
    arguments = ManualArgs(regions=[REGION])
    assert lint_any(Path(file).read_text(encoding="utf-8"), config=arguments) == []
    assert len(lint_any(json.dumps(translate(file)), config=arguments)) == 1


@pytest.mark.parametrize(
    "pattern",
    [
        '{"eventName": ["INSERT", {"anything-but": ["REMOVE"]}]}',
        (
            '{"$or": [{"eventName": ["REMOVE"]}, '
            '{"dynamodb": {"NewImage": {"Paid": {"BOOL": [true]}}}}]}'
        ),
        (
            '{"dynamodb": {"NewImage": {"Address": {"M": {"City": {"S": [{"prefix": "B"}]}}}}, '
            '"OldImage": {"Lines": {"L": {"N": ["7"]}}}}}'
        ),
        (
            '{"userIdentity": {"type": ["Service"]}, '
            '"dynamodb": {"SizeBytes": [{"numeric": [">", 1000]}]}}'
        ),
    ],
)
def test_a_good_pattern_passes(pattern: str) -> None:
    assert list(check_pattern(pattern, "dynamodb")) == []
    assert list(check_pattern(f'{{"data": {pattern}}}', "kinesis")) == []


def filter_records(template: Path, records: list[Any]) -> list[bool]:
    (properties,) = find_mappings(translate(str(template))).values()
    filters = [
        EventPattern.load(criterion["Pattern"])
        for criterion in properties["FilterCriteria"]["Filters"]
    ]
    return [any(criterion.matches_event(record) for criterion in filters) for record in records]


def test_the_filters_let_greetings_through_and_nothing_else() -> None:
    modify, expired, poisoned, kinesis = (
        json.loads((HERE / "events" / f"{name}.json").read_text(encoding="utf-8"))["Records"]
        for name in ("modify", "expired", "poisoned", "kinesis")
    )
    assert filter_records(STREAM, poisoned) == [True, False, True], (
        "the one in the middle has no EntityType"
    )
    assert filter_records(STREAM, modify + expired) == [False, False], "other types"
    expired[0]["dynamodb"]["OldImage"]["EntityType"]["S"] = "Greeting"
    assert filter_records(STREAM, expired) == [True], "a removal has an old image only"
    data = [
        {"data": json.loads(base64.b64decode(record["kinesis"]["data"]))} for record in kinesis[:2]
    ]
    assert filter_records(KINESIS, data) == [True, True]
