"""Checks templates and binaries. Each problem is one line on stderr and fails the check."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from check.binary import MACHINES, check_binary
from check.emulator import parse_event, run_events
from check.lint import lint
from check.mapping import check_mappings
from check.rejected import Rejected
from check.stack import check_stack
from check.states import check_state_machines, join_definitions
from check.translation import translate


def check_template(file: str) -> Iterator[str]:
    """Translates a template and lints it; if both succeed, creates it in the mock."""
    template = join_definitions(translate(file))
    problems = [*lint(template), *check_mappings(template)]
    # The linter checks the structure first.
    problems = problems or list(check_state_machines(template))
    yield from problems or check_stack(file, template)


def main(arguments: list[str]) -> int:
    """Runs a check. Returns the exit code: 1 if there is a problem, else 0."""
    parser = argparse.ArgumentParser(prog="check", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    template = commands.add_parser(
        "template", help="translate, lint and create as a stack in a mock"
    )
    template.add_argument("files", nargs="+", metavar="FILE")
    binary = commands.add_parser("binary", help="the architecture, and the glibc that it needs")
    binary.add_argument("file", metavar="FILE")
    binary.add_argument("--architecture", choices=MACHINES.values(), help="either one without it")
    run = commands.add_parser("run", help="run under AWS's runtime interface emulator")
    run.add_argument("file", metavar="BINARY")
    run.add_argument(
        "events",
        nargs="+",
        type=parse_event,
        metavar="EVENT[=NUMBER]",
        help="a payload, and the number it fails at",
    )
    options = parser.parse_args(arguments)

    match options.command:
        case "template":
            checks = [(file, check_template(file)) for file in options.files]
        case "binary":
            checks = [(options.file, check_binary(options.file, options.architecture))]
        case _:
            checks = [(options.file, run_events(options.file, options.events))]
    failed = False
    for file, check in checks:
        try:
            problems = list(check)
        except Rejected as rejected:
            problems = rejected.problems
        for problem in problems:
            print(" ".join(f"{file}: {problem}".split()), file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
