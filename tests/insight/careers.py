"""Careers: what the coach looks at, made from a few files in memory."""

import datetime as dt

from bragfolio.app.career import make_career
from bragfolio.app.day import Day
from bragfolio.app.prepare import Read, link_for
from bragfolio.core.insight.career import Career
from bragfolio.core.link.references import Linked
from bragfolio.core.project.audiences import read_audiences
from bragfolio.core.read.portfolio import read_portfolio
from bragfolio.model.tree import SourceFile, SourceTree
from bragfolio.problems import Problem

AS_OF = "2026-08-15"


def read_career(files: dict[str, str], as_of: str = AS_OF) -> tuple[Career, list[Problem]]:
    """Return the career in *files*, by path from site_content/, and what is wrong with its private files."""
    found = _read(files, as_of)
    linked, _, _ = link_for(found, "self")
    return make_career(found, linked)


def seen_by(audience: str, files: dict[str, str], as_of: str = AS_OF) -> Linked:
    """Return what *audience* sees of *files*."""
    return link_for(_read(files, as_of), audience)[0]


def _read(files: dict[str, str], as_of: str) -> Read:
    files = {"site.yaml": "title: Ada Quill\n", **files}
    tree = SourceTree({path: SourceFile(path, len(text), text.encode()) for path, text in sorted(files.items())})
    portfolio, problems = read_portfolio(tree)
    audiences, more = read_audiences(portfolio.config, portfolio.config_source)
    assert not problems + more, problems + more
    return Read(portfolio, audiences, Day(dt.date.fromisoformat(as_of), dt.UTC), (), tree)


def career_of(files: dict[str, str], as_of: str = AS_OF) -> Career:
    """Return the career in *files*, which have no mistakes but ids that name nothing: the coach passes over those."""
    career, problems = read_career(files, as_of)
    assert [problem for problem in problems if problem.code != "reference"] == []
    return career


def deed(date: str, *lines: str, title: str = "Did it") -> str:
    """Return the file of an achievement that everybody may see."""
    return "\n".join(["---", f"title: {title}", f"date: {date}", "visibility: public", *lines, "---", ""])


def deeds(*rows: tuple[str, ...]) -> dict[str, str]:
    """Return achievements d0, d1 ... from rows of a date and more lines."""
    return {f"achievements/d{number}.md": deed(*row) for number, row in enumerate(rows)}
