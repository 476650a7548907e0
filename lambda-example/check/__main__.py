"""Says what is wrong with a template or a binary, each in one line on the standard error, and fails if there is anything."""

from __future__ import annotations

import argparse
import json
import sys

from check.binary import GLIBC, MACHINES, check_binary
from check.emulator import Event, run_events
from check.event_source import check_event_sources, event_source_mappings
from check.finding import Finding, Rejected
from check.lint import lint
from check.stack import create_stack, running_mock
from check.translation import translate


def check_template(file: str) -> list[Finding]:
    """Translates a template, lints it, and creates it in the mock."""
    template = translate(file)
    if findings := [*lint(file, template), *check_event_sources(file, template)]:
        return findings
    with running_mock() as mock:
        stack = create_stack(mock, file, template)
        print(f"{file}: {len(stack.made)} resources in the mock, which makes no {', no '.join(stack.unmade()) or 'others'}")
        for mapping in event_source_mappings(template):
            print(f"{file}: {mapping.name}: {json.dumps(stack.settings(mapping))}")
        return stack.check()


def main(arguments: list[str]) -> int:
    """Runs a check; the exit code is 1 if something is wrong."""
    parser = argparse.ArgumentParser(prog="check", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    template = commands.add_parser("template", help="translate, lint and create as a stack in a mock")
    template.add_argument("files", nargs="+", metavar="FILE")
    binary = commands.add_parser("binary", help="the architecture, and the glibc that it needs")
    binary.add_argument("file", metavar="FILE")
    binary.add_argument("--architecture", choices=sorted(MACHINES.values()), help="either one without it")
    binary.add_argument("--glibc", default=GLIBC, metavar="VERSION", help="the newest that it may need, %(default)s without it")
    run = commands.add_parser("run", help="run under AWS's runtime interface emulator")
    run.add_argument("binary", metavar="BINARY")
    run.add_argument("events", nargs="+", type=Event.parse, metavar="EVENT[=NUMBER]", help="a payload, and the number it fails at")
    options = parser.parse_args(arguments)

    findings = []
    try:
        match options.command:
            case "template":
                for file in options.files:
                    findings += _unless_rejected(file)
            case "binary":
                findings = check_binary(options.file, options.architecture, options.glibc)
            case "run":
                findings = run_events(options.binary, options.events)
    except Rejected as rejected:
        findings += rejected.findings
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


def _unless_rejected(file: str) -> list[Finding]:
    """A template that is rejected keeps none behind it from being checked."""
    try:
        return check_template(file)
    except Rejected as rejected:
        return rejected.findings


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
