"""PDF: one one-pager, for a campaign, a posting or the whole portfolio, and a note of what was made."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct, structs

from bragfolio.app.environment import environment_problem
from bragfolio.app.ledgers import MADE, LedgerError, append_row, read_rows
from bragfolio.app.one_pagers import Result, make_one_pager, open_press, settings_of
from bragfolio.app.paper import audience_of, check_designs, failures_of, findings_of, match_of
from bragfolio.app.postings import find_posting
from bragfolio.app.prepare import Read, link_for, read, without_ignored
from bragfolio.app.themes import load_theme
from bragfolio.core.insight.match import Match, match_posting, unjudged_in
from bragfolio.core.insight.vocabulary import make_vocabulary
from bragfolio.core.project.audiences import PUBLIC
from bragfolio.core.project.projection import see_entry
from bragfolio.core.read.shape import did_you_mean
from bragfolio.core.render.desk import make_desk
from bragfolio.edge.files import write_files_atomically
from bragfolio.model.slugs import slugify
from bragfolio.model.tree import CONTENT, PRIVATE
from bragfolio.problems import Problem, Severity, Span, error, has_errors, in_order

if TYPE_CHECKING:
    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.projection import Item
    from bragfolio.model.campaign import Campaign

FOLDER: Final = f"{CONTENT}/{PRIVATE}one-pagers"
"""Where PDFs go: into private/, which git does not track, since they may say what only their reader may know."""
_PICTURE_PPI: Final = 144
_HEADS: Final = {".pdf": b"%PDF", ".png": b"\x89PNG"}


class PdfRequest(Struct, frozen=True):
    """What to make."""

    root: Path
    campaign: str = ""
    """Its id; `""` for the resume."""
    audience: str = PUBLIC
    """Of the resume; a campaign has its own."""
    page: str | None = None
    posting: str = ""
    """A file, or the id of one in private/postings/."""
    out: Path | None = None
    as_of: dt.date | None = None
    is_picture: bool = False


class BlockRow(Struct, frozen=True):
    """What became of one block."""

    key: str
    name: str
    value: float
    state: str
    """`body`, `summary`, `short` ...: as what it is on the page; `dropped`, or `not needed`."""
    is_pinned: bool
    is_shortened: bool
    """Whether it is on the page, with less than it has to say."""


class Explanation(Struct, frozen=True):
    """Why the page looks as it does."""

    title: str
    audience: str
    design: str
    page: str
    blocks: tuple[BlockRow, ...]
    size: float = 0.0
    """Points."""
    space: float = 0.0
    margin: float = 0.0
    """Millimetres."""
    fill: float = 0.0
    """Of the height between the margins."""


class PdfReport(Struct, frozen=True):
    """What came of it."""

    problems: tuple[Problem, ...]
    file: Path | None = None
    sha256: str = ""
    explanation: Explanation | None = None
    posting: str = ""
    """Title of the posting."""
    match: Match | None = None
    unjudged: tuple[str, ...] = ()
    """What the posting asks for without naming a skill that Brag knows; empty where it lists what it asks for."""
    failure: str = ""
    """`environment` when there is no engine."""


def make_pdf(request: PdfRequest) -> PdfReport:
    """Make one one-pager. Raises `prepare.UnknownAudience`; an old file stays when there is no new one."""
    found = read(request.root, request.as_of)
    problems = list(found.problems)
    campaign, audience, missing = _find_campaign(found, request)
    linked, _, more = link_for(found, audience)
    problems += [*missing, *(problem for problem in more if problem.is_error)]
    theme, more = load_theme(request.root, found.portfolio.config, found.portfolio.config_source)
    problems += more
    posting, more = find_posting(request.root, request.posting, "brag pdf") if request.posting else (None, [])
    problems += more
    out = request.out or request.root / FOLDER / _file_name(linked, request)
    problems += refuse_foreign(out) + refuse_published(out, request.root, audience)
    problems += check_designs(theme, found) if theme else []
    if theme is None or has_errors(problems):
        problems = without_ignored([p for p in problems if p.is_error], found.portfolio.config.check.ignore)
        return PdfReport(tuple(in_order(problems)))
    base_url = found.portfolio.config.url or ""
    desk = make_desk(linked, {}, theme, base_url and base_url.rstrip("/") + "/")
    settings = settings_of(desk, campaign.authored if campaign else None, request.page)
    answer = None
    unjudged: tuple[str, ...] = ()
    if posting:
        vocabulary = make_vocabulary(linked.skills)
        answer = match_posting(posting.posting, posting.advert, vocabulary, found.day.as_of)
        unjudged = () if answer.is_listed else tuple(unjudged_in(posting.advert, vocabulary))
    match = partial(answer.of, skills=linked.skills) if answer else match_of(request.root, campaign, linked)[0]
    warnings = findings_of(found, linked, campaign) if campaign else []
    press = open_press(request.root, theme)
    if press is None:
        hint = "build the site, and print the one-pager's page from the browser"
        missing_engine = error("engine", "there is no Typst for this platform", Span("brag pdf"), hint)
        return PdfReport((missing_engine,), failure="environment")
    result = make_one_pager(theme, press, desk, campaign, settings, match)
    explanation = _explain(result, linked)
    title = posting.posting.title if posting else ""
    one = result.one_pager
    if one is None or one.pdf is None or result.fitted is None:
        wrong = tuple(failures_of(result, press, request.root))
        return PdfReport(wrong, explanation=explanation, posting=title, match=answer)
    data = one.pdf
    if request.is_picture:
        data = press.setter.png(press.files(result.draft, settings, result.fitted), _PICTURE_PPI)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        write_files_atomically(out.parent, {out.name: data})
    except OSError as refused:
        problem = environment_problem(refused, out)._replace(span=Span(str(out)))
        return PdfReport((problem,), explanation=explanation, posting=title, match=answer, failure="environment")
    written = {item.id: item.written_id for item in linked.projection.achievements}
    row = {
        "date": found.day.as_of.isoformat(),
        "campaign": campaign.written_id if campaign else "",
        "audience": audience,
        "page": settings.page,
        "template": settings.design,
        "file": out.name,
        "sha256": sha256,
        "achievements": " ".join(written.get(id_, id_) for id_ in one.shown),
    }
    problems = warnings + ([] if request.is_picture else _note(request.root, row))
    return PdfReport(tuple(problems), out, sha256, explanation, title, answer, unjudged)


def _note(root: Path, row: dict[str, str]) -> list[Problem]:
    """Note what was made, once; a ledger that cannot be read costs nobody the page."""
    rows, problems = read_rows(root, MADE)
    try:
        if not any(old["sha256"] == row["sha256"] for old in rows):
            append_row(root, MADE, row)
    except LedgerError as broken:
        problems = problems or [broken.problem]
    return [problem._replace(severity=Severity.WARNING) for problem in problems]


def _find_campaign(found: Read, request: PdfRequest) -> tuple[Item[Campaign] | None, str, list[Problem]]:
    """Return the campaign, as its audience sees it, with that audience; drafts and those to come, too."""
    if not request.campaign:
        return None, request.audience, []
    entries = {entry.id: entry for entry in found.portfolio.entries if entry.kind == "campaign"}
    entry = entries.get(request.campaign)
    if entry is None:
        hint = did_you_mean(request.campaign, sorted(entries))
        hint = hint or 'there is none yet: brag new campaign "Staff engineer 2027"'
        message = f"there is no campaign “{request.campaign}”, or it has errors"
        return None, PUBLIC, [error("not-found", message, Span("brag pdf"), hint)]
    audience = audience_of(cast("Campaign", entry.version.authored))
    if audience not in found.audiences.names:
        return None, PUBLIC, []  # reported where it was read
    return cast("Item[Campaign]", see_entry(entry, found.audiences, audience)), audience, []


def _file_name(linked: Linked, request: PdfRequest) -> str:
    person = linked.projection.config.person.name or linked.projection.config.title
    parts = [slugify(person)] if person else []
    parts.append(slugify(request.campaign) if request.campaign else "resume")
    if request.posting:
        parts.append(slugify(Path(request.posting).stem))
    if not request.campaign and request.audience != PUBLIC:
        parts.append(request.audience)
    return "-".join(parts) + (".png" if request.is_picture else ".pdf")


def refuse_published(out: Path, root: Path, audience: str) -> list[Problem]:
    """Return why *out* cannot be where everybody may read it, if it would be: a build publishes it, or git tracks it."""
    content = (root / CONTENT).resolve()
    target = out.resolve()
    is_in_content = target.is_relative_to(content) and not target.is_relative_to(content / PRIVATE)
    if target.is_relative_to((root / "output").resolve()) or (is_in_content and audience != PUBLIC):
        hint = "leave --out away: it goes to site_content/private/one-pagers/, which is not published"
        return [error("output-folder", "what is in this folder is published", Span(str(out)), hint)]
    return []


def refuse_foreign(out: Path) -> list[Problem]:
    """Return why *out* cannot be written over, if it cannot: it is there and is no PDF, or no picture."""
    head = _HEADS.get(out.suffix.lower())
    span = Span(str(out))
    if head is None:
        return [
            error("output-folder", "the file's name says what it will be", span, "end it in .pdf, or .png with --png")
        ]
    if out.is_dir():
        return [error("output-folder", "this is a folder", span, "name a file in it")]
    if out.parent.exists() and not out.parent.is_dir():
        return [error("output-folder", "this would lie in a file, not in a folder", span, "name another folder")]
    if out.exists():
        with out.open("rb") as file:
            if file.read(len(head)) != head:
                message = "there is another file of that name, which Brag did not make"
                return [error("output-folder", message, span, "choose another name")]
    return []


def _explain(result: Result, linked: Linked) -> Explanation:
    draft, fitted = result.draft, result.fitted
    rows = []
    for index, block in enumerate(draft.blocks):
        level = fitted.levels[index] if fitted else block.dropped
        state = block.sizes[level].name if level < block.dropped else "not needed" if block.is_spare else "dropped"
        if fitted is None:
            state = "pinned" if block.is_pinned else "dropped"
        is_shortened = 0 < level < block.dropped
        rows.append(BlockRow(block.key, block.name, round(block.value, 2), state, block.is_pinned, is_shortened))
    settings = result.settings
    said = Explanation(draft.title, linked.projection.audience, settings.design, settings.page, tuple(rows))
    if fitted is None:
        return said
    step = fitted.step
    return structs.replace(said, size=step.size, space=step.space, margin=step.margin, fill=round(fitted.fill, 3))
