"""brag packet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data

if TYPE_CHECKING:
    from bragfolio.app.packet import PacketReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "level", nargs="?", default="", metavar="LEVEL", help="ladder/level (default: the target of promotion.yaml)"
    )
    parser.add_argument("--audience", default="leadership", help="who reads it (default: leadership)")
    parser.add_argument(
        "--gaps", action="store_true", help="print what is missing, too; for the audience self it always is"
    )
    parser.add_argument("--markdown", action="store_true", help="write Markdown instead of a PDF")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: site_content/private/packets/)")
    parser.add_argument("--force", action="store_true", help="write over a packet that was edited")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write the packet, and say what it leaves unsaid."""
    from bragfolio.app.packet import PacketRequest, write_packet
    from bragfolio.app.prepare import UnknownAudience

    request = PacketRequest(
        root=find_root(arguments),
        level=arguments.level,
        audience=arguments.audience,
        with_gaps=arguments.gaps,
        is_markdown=arguments.markdown,
        out=arguments.out,
        as_of=arguments.as_of,
        force=arguments.force,
    )
    try:
        report = write_packet(request)
    except UnknownAudience as unknown:
        terminal.error(f"brag packet: there is no audience “{arguments.audience}”; {unknown}")
        return Exit.USAGE
    terminal.problems(list(report.problems))
    terminal.emit(_data(report))
    if report.file is None:
        terminal.error("No packet was written.")
        return Exit.ENVIRONMENT if report.failure else Exit.PROBLEMS
    _close(report, request.root, terminal)
    return Exit.OK


def _close(report: PacketReport, root: Path, terminal: Terminal) -> None:
    from bragfolio.app.handover import is_exposed
    from bragfolio.core.insight.finding import counted

    packet = report.packet
    if packet is None:
        return
    proofs = {proof.id for criterion in packet.criteria for proof in criterion.proofs}
    proven = sum(bool(criterion.proofs) for criterion in packet.criteria)
    asked = len(packet.criteria) + report.left_out
    terminal.note(
        f"Wrote {report.file}: {counted(len(proofs), 'achievement')} for {proven} of the {asked} criteria of {packet.level}."
    )
    if report.left_out:
        terminal.note(
            f"  The others are not in it, since “{packet.audience}” sees no proof of them; see what is missing: "
            f"brag packet {packet.level_path} --audience self"
        )
    if report.hidden:
        terminal.note(
            f"  Of your proofs “{packet.audience}” does not see {', '.join(report.hidden)}; say why: "
            f"brag explain {report.hidden[0]} --audience {packet.audience}"
        )
    whom = "It is for nobody but you." if packet.audience == "self" else f"It is for the audience “{packet.audience}”."
    terminal.note(f"  {whom}" + (" It says what is missing." if packet.has_gaps else ""))
    if report.file and is_exposed(report.file, root):
        terminal.note("  It lies in the portfolio's folder: keep it out of git, or name a place elsewhere.")


def _data(report: PacketReport) -> dict[str, object]:
    from msgspec import to_builtins

    return {
        "file": str(report.file) if report.file else None,
        "packet": to_builtins(report.packet, enc_hook=str),
        "left_out": report.left_out,
        "hidden": list(report.hidden),
        "problems": [problem_data(problem) for problem in report.problems],
    }
