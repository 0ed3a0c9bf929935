"""brag pdf."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.list_ import shortened
from bragfolio.cli.main import find_root
from bragfolio.cli.match import unjudged_text
from bragfolio.cli.terminal import Terminal, problem_data

if TYPE_CHECKING:
    from bragfolio.app.pdf import Explanation, PdfReport
    from bragfolio.core.insight.match import Match

_KINDS = {"achievement": "achievement", "role": "role", "education": "degree", "credential": "credential"}
"""What blocks of these kinds are called; the others are one each."""
_SENTENCES = {
    "proven": "proven: evidence of the last three years",
    "dated": "dated: the evidence is older than three years",
    "claimed": "claimed: named, without evidence",
    "missing": "missing",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("campaign", nargs="?", default="", metavar="CAMPAIGN", help="its id; without it, the resume")
    parser.add_argument(
        "--posting", default="", metavar="FILE", help="choose for this job advert: a text file, or an id"
    )
    parser.add_argument("--audience", help="who the resume is for (default: public); a campaign has its own")
    parser.add_argument("--page", choices=["a4", "letter"], help="the paper (default: as in site.yaml)")
    parser.add_argument("--explain", action="store_true", help="tell what was kept, shortened and dropped, and why")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: site_content/private/one-pagers/)")
    parser.add_argument("--png", action="store_true", help="make a picture instead")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Make one one-pager, and say where it is and how it fits."""
    from bragfolio.app.pdf import PdfRequest, make_pdf
    from bragfolio.app.prepare import UnknownAudience

    if arguments.campaign and arguments.audience:
        terminal.error("brag pdf: a campaign has its own audience; leave --audience away")
        return Exit.USAGE
    suffix = arguments.out.suffix.lower() if arguments.out else ""
    if arguments.png and suffix not in {"", ".png"}:
        terminal.error("brag pdf: --png makes a picture: end the name of --out in .png")
        return Exit.USAGE
    request = PdfRequest(
        root=find_root(arguments),
        campaign=arguments.campaign,
        audience=arguments.audience or "public",
        page=arguments.page,
        posting=arguments.posting,
        out=arguments.out,
        as_of=arguments.as_of,
        is_picture=arguments.png or suffix == ".png",
    )
    try:
        report = make_pdf(request)
    except UnknownAudience as unknown:
        terminal.error(f"brag pdf: there is no audience “{arguments.audience}”; {unknown}")
        return Exit.USAGE
    terminal.problems(list(report.problems))
    terminal.emit(_data(report))
    if report.explanation and (arguments.explain or report.file is None):
        _explain(report.explanation, terminal)
    if report.match:
        _cover(report, report.match, terminal)
    if report.file is None:
        terminal.error(
            "No file was made." + (" The old one is as it was." if request.out and request.out.exists() else "")
        )
        return Exit.ENVIRONMENT if report.failure else Exit.PROBLEMS
    said = report.explanation
    if said:
        terminal.note(f"Wrote {report.file}: “{said.title}”, one page, {said.fill:.0%} full, text of {said.size:g} pt.")
        if not arguments.explain:
            terminal.note(_left_out(said))
        _for_whom(report, said, terminal)
    return Exit.OK


def _for_whom(report: PdfReport, said: Explanation, terminal: Terminal) -> None:
    if said.audience != "public":
        terminal.note(f"  It is for the audience “{said.audience}”: hand it to nobody else.")
    elif report.match:
        terminal.note("  It was chosen and judged by what everybody may see. A resume for others: --audience NAME.")


def _left_out(said: Explanation) -> str:
    """Return what of the portfolio is not on the page, or not whole, in a line."""
    short = _counted([row.key for row in said.blocks if row.is_shortened])
    cut = _counted([row.key for row in said.blocks if row.state == "dropped"])
    spare = sum(row.state == "not needed" for row in said.blocks)
    parts = [f"shortened for want of room: {short}"] if short else []
    parts += [f"dropped for want of room: {cut}"] if cut else []
    parts += [f"{spare} more not chosen"] if spare else []
    shown = any(
        row.key.startswith("achievement/") and row.state not in {"dropped", "not needed"} for row in said.blocks
    )
    parts += [] if shown else ["it shows no achievement"]
    return (
        f"  {'; '.join(parts)[0].upper()}{'; '.join(parts)[1:]}; --explain tells all."
        if parts
        else "  Nothing was left out."
    )


def _counted(keys: list[str]) -> str:
    """Return how many of each kind *keys* name: `2 achievements, 1 role, skills`."""
    from bragfolio.core.insight.finding import counted

    kinds = [_KINDS.get(key.partition("/")[0], key) for key in keys]
    return ", ".join(kind if kind in keys else counted(kinds.count(kind), kind) for kind in dict.fromkeys(kinds))


def _explain(said: Explanation, terminal: Terminal) -> None:
    rows = [("what", "value", "on the page", "")]
    rows += [
        (
            row.key,
            f"{row.value:.2f}",
            row.state + (", pinned" if row.is_pinned and row.state != "pinned" else ""),
            shortened(row.name),
        )
        for row in said.blocks
    ]
    terminal.table(rows)
    if said.size:
        terminal.note(
            f"Set in {said.size:g} pt (10.5 is normal, 9 the least), spacing {said.space:.0%}, margins {said.margin:g} mm, "
            f"design {said.design}, {said.page}: {said.fill:.1%} of the page is filled."
        )


def _cover(report: PdfReport, match: Match, terminal: Terminal) -> None:
    title = report.posting
    number, share = len(match.requirements), f"{match.coverage:.0%}"
    named = f"{number} skill{'s' * (number != 1)}" if number else "no skill that Brag knows"
    asks = f"asks for {number} things; {share} is covered" if match.is_listed else f"names {named}; {share} is covered"
    terminal.note(f"“{shortened(title)}” {asks}" + (":" if number else "."))
    rows = [
        ("", asked.name, "must" if asked.is_must else "nice", _SENTENCES[asked.grade]) for asked in match.requirements
    ]
    if rows:
        terminal.table(rows)
    if not match.is_listed:
        if report.unjudged:
            terminal.note(f"  {unjudged_text(report.unjudged)}")
        terminal.note(
            "  What else it asks for, you read best: list it under must: and nice: in private/postings/NAME.md."
        )


def _data(report: PdfReport) -> dict[str, object]:
    said = report.explanation
    return {
        "file": str(report.file) if report.file else None,
        "sha256": report.sha256,
        "title": said.title if said else "",
        "audience": said.audience if said else "",
        "template": said.design if said else "",
        "page": said.page if said else "",
        "size_pt": said.size if said else None,
        "spacing": said.space if said else None,
        "margin_mm": said.margin if said else None,
        "fill": said.fill if said else None,
        "blocks": [
            {
                "key": row.key,
                "name": row.name,
                "value": row.value,
                "state": row.state,
                "pinned": row.is_pinned,
                "shortened": row.is_shortened,
            }
            for row in (said.blocks if said else ())
        ],
        "posting": {
            "title": report.posting,
            "coverage": round(report.match.coverage, 3),
            "unjudged": list(report.unjudged),
            "requirements": [
                {"name": asked.name, "must": asked.is_must, "grade": asked.grade} for asked in report.match.requirements
            ],
        }
        if report.match
        else None,
        "problems": [problem_data(problem) for problem in report.problems],
    }
