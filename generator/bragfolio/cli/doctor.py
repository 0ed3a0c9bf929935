"""brag doctor."""

from __future__ import annotations

import argparse

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Declare no options beyond the common ones."""


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print what was found; 3 when something is missing."""
    from msgspec import structs

    from bragfolio.app.doctor import examine

    findings = list(examine(find_root(arguments)))
    terminal.emit({"findings": [structs.asdict(finding) for finding in findings]})
    terminal.table([("ok" if f.is_good else "LOOK", f.subject, f.state) for f in findings])
    for finding in findings:
        if finding.hint and not finding.is_good:
            terminal.say(f"  {finding.subject}: {finding.hint}")
    return Exit.OK if all(finding.is_good for finding in findings) else Exit.ENVIRONMENT
