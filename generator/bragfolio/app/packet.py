"""Packet: the promotion packet for a level, as one audience may read it, and the file that it becomes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from bragfolio.app.career import make_career
from bragfolio.app.documents import Document, is_of_machine, set_document
from bragfolio.app.environment import environment_problem
from bragfolio.app.pdf import refuse_foreign
from bragfolio.app.prepare import link_for, read
from bragfolio.core.exporters.packet import write_packet_markdown
from bragfolio.core.insight.packet import Packet, hidden_proofs, make_packet
from bragfolio.core.insight.proofs import levels_of
from bragfolio.core.insight.standing import Place, find_place, find_target
from bragfolio.core.project.audiences import SELF
from bragfolio.core.read.config import SITE_FILE
from bragfolio.core.read.shape import did_you_mean
from bragfolio.core.render.packet_pages import make_packet_document, newest_proof
from bragfolio.edge.files import write_files_atomically
from bragfolio.model.slugs import slugify
from bragfolio.model.tree import CONTENT, PRIVATE, unlabel
from bragfolio.problems import Problem, Span, error, has_errors, in_order

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.model.site import SiteConfig

READERS: Final = "leadership"
"""The audience of a packet that names none: those who decide."""
FOLDER: Final = f"{CONTENT}/{PRIVATE}packets"
"""Where packets go: into private/, which git does not track."""
_COMMAND: Final = Span("brag packet")


class PacketRequest(Struct, frozen=True):
    """What to make."""

    root: Path
    level: str = ""
    """`ladder/level`, or a level that one ladder alone has; `""` for the target of promotion.yaml."""
    audience: str = READERS
    with_gaps: bool = False
    """Print states and gaps, too; for `self` they always are."""
    is_markdown: bool = False
    """Write Markdown, also where `out` does not say so by its name."""
    out: Path | None = None
    as_of: dt.date | None = None
    force: bool = False
    """Write over a file that says something else."""


class PacketReport(Struct, frozen=True):
    """What came of it."""

    problems: tuple[Problem, ...]
    packet: Packet | None = None
    """None with any error."""
    left_out: int = 0
    """Criteria of the level that the packet does not mention, since its readers see no proof of them."""
    hidden: tuple[str, ...] = ()
    """The ids of achievements that prove the level, and that its readers do not see."""
    config: SiteConfig | None = None
    """The settings, as the readers see them."""
    sources: tuple[str, ...] = ()
    """The files that it is made from, from site_content/."""
    file: Path | None = None
    """Where it was written."""
    failure: str = ""
    """`environment` when the machine was in the way."""


def open_packet(request: PacketRequest) -> PacketReport:
    """Return the packet as a value, for whatever sets it. Raises `prepare.UnknownAudience`."""
    found = read(request.root, request.as_of, with_bodies=False)
    shown, _, _ = link_for(found, request.audience)
    linked, _, _ = link_for(found, SELF)
    career, more = make_career(found, linked)
    problems = [*found.problems, *more]
    place, missing = _find_level(career, request.level)
    problems = in_order([problem for problem in [*problems, *missing] if problem.is_error])
    if place is None or has_errors(problems):
        return PacketReport(tuple(problems))
    has_gaps = request.with_gaps or request.audience == SELF
    packet = make_packet(career, shown.projection, place, has_gaps=has_gaps)
    asked = sum(len(competency.criteria.get(place.level.id, ())) for competency in place.kept.authored.competencies)
    proofs = {proof.id for criterion in packet.criteria for proof in criterion.proofs}
    files = {file for item in shown.projection.achievements if item.id in proofs for file in item.files}
    return PacketReport(
        (),
        packet,
        asked - len(packet.criteria),
        hidden_proofs(career, shown.projection, place),
        shown.projection.config,
        tuple(sorted({*files, unlabel(place.kept.source.file)})),
    )


def write_packet(request: PacketRequest) -> PacketReport:
    """Write the packet as a PDF, or as Markdown where its name ends in .md. Raises `prepare.UnknownAudience`; with any error nothing is written."""
    report = open_packet(request)
    if report.packet is None:
        return report
    suffix = ".md" if request.is_markdown else ".pdf"
    out = request.out or request.root / FOLDER / (_file_name(report.packet) + suffix)
    try:
        refused = _refuse(out, request)
        if refused:
            return PacketReport((refused,))
        data: str | bytes | None = None
        if out.suffix.lower() == ".md":
            data = write_packet_markdown(report.packet)
            problems = _refuse_other(out, data, force=request.force)
        else:
            problems = refuse_foreign(out)
            data, more = (None, []) if problems else _set(request.root, report, report.packet)
            problems += more
        if data is None or problems:
            return PacketReport(tuple(problems), failure="environment" if is_of_machine(problems) else "")
        write_files_atomically(out.parent, {out.name: data})
    except OSError as failure:
        return PacketReport((environment_problem(failure, out),), failure="environment")
    return structs.replace(report, file=out)


def _set(root: Path, report: PacketReport, packet: Packet) -> tuple[bytes | None, list[Problem]]:
    if report.config is None:
        return None, []
    pages = make_packet_document(packet)
    document = Document("packet", pages, report.config, (*report.sources, SITE_FILE), newest_proof(packet))
    return set_document(root, document, "brag packet")


def _find_level(career: Career, name: str) -> tuple[Place | None, list[Problem]]:
    """Return the level called *name*, or that of promotion.yaml, or the one above the current position's."""
    ladders = career.dossier.ladders
    if not ladders:
        hint = "bring one in: `brag import ladder FILE`"
        return None, [error("not-found", "there is no ladder in private/ladders/", _COMMAND, hint)]
    if not name:
        hint = "name it: `brag packet LADDER/LEVEL`, or write target: into private/promotion.yaml"
        target = find_target(career)
        return target, [] if target else [error("not-found", "no level is aimed at", _COMMAND, hint)]
    paths = [f"{kept.id}/{level.id}" for kept in ladders for level in levels_of(kept.authored)]
    of_that_name = [path for path in paths if path == name or path.partition("/")[2] == name]
    if len(set(of_that_name)) == 1:
        return find_place(career, of_that_name[0]), []
    hint = f"write one of {', '.join(of_that_name)}" if of_that_name else did_you_mean(name, paths)
    message = f"there {'are several levels' if of_that_name else 'is no level'} “{name}”"
    return None, [error("not-found", message, _COMMAND, hint or "see the files in private/ladders/")]


def _file_name(packet: Packet) -> str:
    parts = [packet.level_path.replace("/", "-"), packet.audience, *(["gaps"] if packet.has_gaps else [])]
    return f"{slugify('-'.join(parts))}-{packet.as_of}"


def _refuse(out: Path, request: PacketRequest) -> Problem | None:
    """Return why *out* cannot be a packet's file, or None."""
    root = request.root
    span = Span(str(out))
    target, content = out.resolve(), (root / CONTENT).resolve()
    is_in_content = target.is_relative_to(content) and not target.is_relative_to(content / PRIVATE)
    if target.is_relative_to((root / "output").resolve()) or is_in_content:
        hint = f"leave --out away: it goes to {FOLDER}/, which is not published"
        return error("output-folder", "what is in this folder is published", span, hint)
    if out.suffix.lower() not in {".md", *([] if request.is_markdown else [".pdf"])}:
        what = "Markdown" if request.is_markdown else "a PDF, or Markdown"
        hint = "end the file's name in .md" + ("" if request.is_markdown else " or .pdf")
        return error("output-folder", f"the packet is {what}", span, hint)
    if out.is_dir():
        return error("output-folder", "this is a folder", span, "name a file in it")
    if out.parent.exists() and not out.parent.is_dir():
        return error("output-folder", "this would lie in a file, not in a folder", span, "name another folder")
    return None


def _refuse_other(out: Path, text: str, *, force: bool) -> list[Problem]:
    """Return that *out* says something else than *text*, if so: what was edited is not lost."""
    if force or not out.exists() or out.read_bytes() == text.encode():
        return []
    hint = "--force writes over it; --out names another place"
    return [error("output-folder", "there is another packet, or an edited one, of that name", Span(str(out)), hint)]
