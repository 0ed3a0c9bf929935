"""brag schema."""

from __future__ import annotations

import argparse
import json
import sys

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.terminal import Terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from bragfolio.app.schema import MODELS

    parser.add_argument("kind", choices=list(MODELS), metavar="KIND", help=", ".join(MODELS))


def run(arguments: argparse.Namespace, _terminal: Terminal) -> int:
    """Print the schema."""
    from bragfolio.app.schema import schema_of

    sys.stdout.write(json.dumps(schema_of(arguments.kind), indent=2) + "\n")
    return Exit.OK
