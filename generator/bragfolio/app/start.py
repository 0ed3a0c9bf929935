"""Start: a portfolio in an empty folder, and the first lines of its entries."""

from __future__ import annotations

import datetime as dt
import json
import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.app.folder import STATE
from bragfolio.app.schema import schema_of
from bragfolio.core.read.config import SITE_FILE, read_config
from bragfolio.core.read.text import control_character
from bragfolio.edge.bundled import example_folder
from bragfolio.edge.clock import find_timezone, today
from bragfolio.edge.files import copy_folder, write_files_atomically
from bragfolio.edge.git import GitError, has_git, start_repository
from bragfolio.model.front_matter import front_matter, yaml_text
from bragfolio.model.kinds import KIND_BY_NAME, Kind
from bragfolio.model.slugs import slugify
from bragfolio.model.story import Story
from bragfolio.model.tree import CONTENT, PRIVATE, SourceFile, SourceTree
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.model.scalars import PartialDate

IGNORED: Final = (f"/{CONTENT}/{PRIVATE}", f"/{STATE}/")
"""What git is to pass by."""
SCHEMAS: Final = f"{STATE}/schemas"
UNNAMED: Final = "Your Name"
"""Who a new portfolio is of, until its owner says."""
_PUBLIC: Final = "public"


class Started(Struct, frozen=True):
    """What was written."""

    path: Path | None
    """None when nothing was."""
    problems: tuple[Problem, ...] = ()


def starter_site(name: str) -> str:
    """Return the site.yaml of a new portfolio."""
    return (
        "# Who you are. Every key is optional; `brag schema site` lists them all.\n"
        "format: 1\n"
        f"title: {yaml_text([name])[2:].rstrip()}\n"
        "# url: https://name.github.io/repo/    # where the site will be\n"
        "language: en\n"
        "theme: ledger\n"
        "person:\n"
        f"  name: {yaml_text([name])[2:].rstrip()}\n"
        "  # headline: what you are, in a few words\n"
        "  # claim: one sentence on what you are for\n"
        "  # location: City, Country\n"
        "  # email: {value: you@example.org, visibility: public}\n"
        "repository: public    # anyone may read what git tracks; private/ is not tracked\n"
    )


def start_portfolio(root: Path, name: str, *, example: bool, private_repository: bool = False) -> Started:
    """Write a portfolio into *root*: an empty or absent folder, or a clone that has nothing of what is written.

    With *private_repository* private/ is a git repository of its own, also in a portfolio that is there already.
    """
    if private_repository and not has_git():
        return Started(None, (error("engine", "there is no git on this machine", Span(str(root)), "install git"),))
    if private_repository and (root / CONTENT / SITE_FILE).is_file():
        return _keep_private(root)
    taken = _in_the_way(root)
    if taken:
        return Started(None, (taken,))
    files = {".gitignore": _ignoring(root, IGNORED), "output/.gitignore": "*\n!.gitignore\n"}
    if example:
        copy_folder(example_folder(), root / CONTENT)
        site = root / CONTENT / "site.yaml"
        text = site.read_text(encoding="utf-8")
        files[f"{CONTENT}/site.yaml"] = text.replace("repository: private", "repository: public")
    else:
        files[f"{CONTENT}/site.yaml"] = _modeline(f"{CONTENT}/site.yaml", "site") + starter_site(name)
    files |= {f"{SCHEMAS}/{kind}.json": _schema_text(kind) for kind in (*KIND_BY_NAME, "site")}
    (root / STATE).mkdir(mode=0o700, parents=True, exist_ok=True)
    write_files_atomically(root, files)
    return _keep_private(root) if private_repository else Started(root)


def _keep_private(root: Path) -> Started:
    """Make private/ a repository of its own, which the one around it ignores."""
    folder = root / CONTENT / PRIVATE
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        start_repository(folder)
    except GitError as failure:
        hint = "`git init` in that folder tells more"
        return Started(None, (error("engine", f"git cannot start a repository: {failure}", Span(str(folder)), hint),))
    write_files_atomically(root, {".gitignore": _ignoring(root, IGNORED[:1])})
    return Started(root)


def _in_the_way(root: Path) -> Problem | None:
    """Return why no portfolio can start in *root*, or None.

    Beside .git other files may lie, as in a clone with a README, unless one has a name that would be written; elsewhere
    they say that this is the wrong folder.
    """
    hint = "choose an empty folder: brag init my-site"
    if root.is_file() or (root.is_dir() and not (root / ".git").exists() and any(root.iterdir())):
        what = "there is something in this folder"
    elif taken := [name for name in (CONTENT, "output", STATE) if os.path.lexists(root / name)]:
        what = f"there is “{taken[0]}” already, and a new portfolio would write into it"
    else:
        return None
    if (root / CONTENT / SITE_FILE).is_file():
        what, hint = "there is a portfolio in this folder already", f"go on with it, or {hint}"
    return error("folder-not-empty", what, Span(str(root)), hint)


def _ignoring(root: Path, lines: Iterable[str]) -> str:
    """Return the .gitignore of *root* with *lines*; those that it has stay where they are."""
    ignored = root / ".gitignore"
    text = ignored.read_text(encoding="utf-8") if ignored.is_file() else ""
    text += "\n" * (text[-1:] not in {"", "\n"})
    return text + "".join(f"{line}\n" for line in lines if line not in text.splitlines())


def day_in(root: Path, as_of: dt.date | None) -> dt.date:
    """Return *as_of*, or today in the time zone of the portfolio in *root*."""
    path = root / CONTENT / SITE_FILE
    data = path.read_bytes() if path.is_file() else b""
    config, _, _ = read_config(SourceTree({SITE_FILE: SourceFile(SITE_FILE, len(data), data)}))
    return as_of or today(find_timezone(config.timezone) or dt.UTC)


_STORY: Final = Kind("story", "stories", Story, "title")
"""No kind of entry, since no page shows it, but started like one."""
STARTED: Final = {**KIND_BY_NAME, _STORY.name: _STORY}
"""What `brag new` starts, by name."""


def start_entry(root: Path, kind: str, title: str, day: dt.date, *, public: bool) -> Started:
    """Write the first lines of an entry of *kind*, with the keys that it most often has as comments."""
    title = " ".join(title.split())
    start = {
        "achievement": {"title": title, "date": day.isoformat()},
        "skill": {"name": title},
        "role": {"employer": title},
        "page": {"title": title},
        "campaign": {"title": title},
        "story": {"title": title},
    }[kind]
    return _write_entry(root, STARTED[kind], title, day.year, start, public=public, with_hints=True)


def capture(root: Path, line: str, date: PartialDate, *, public: bool) -> Started:
    """Write an achievement of one line, done on *date*."""
    line = " ".join(line.split())
    return _write_entry(
        root,
        KIND_BY_NAME["achievement"],
        line,
        date.year,
        {"title": line, "date": str(date)},
        public=public,
        with_hints=False,
    )


def _write_entry(
    root: Path, kind: Kind, title: str, year: int, keys: dict[str, str], *, public: bool, with_hints: bool
) -> Started:
    problem = _untitled(title, Span(kind.name))
    if problem:
        return Started(None, (problem,))
    if not (root / CONTENT).is_dir():
        hint = "run `brag init my-site` first, or name the folder with -C"
        return Started(None, (error("config-missing", "there is no portfolio here", Span(str(root)), hint),))
    id_ = _free_id(root, kind, title)
    if kind.name == "skill" and id_ != slugify(title):
        hint = "open its file, or give this one another name"
        return Started(
            None, (error("id-duplicate", f"there is a skill “{slugify(title)}” already", Span(kind.name), hint),)
        )
    if public:
        keys["audience" if kind.name == "campaign" else "visibility"] = _PUBLIC
    folder = posixpath.join("" if public else PRIVATE, kind.folder, str(year) if kind.name == "achievement" else "")
    path = f"{CONTENT}/{folder.rstrip('/')}/{id_}.md"
    text = front_matter(keys)
    if with_hints:
        head = text.removesuffix("---\n")
        modeline = _modeline(path, kind.name) if kind.name in KIND_BY_NAME else ""
        text = head.replace("---\n", "---\n" + modeline, 1) + _HINTS[kind.name] + "---\n" + _BODY
    write_files_atomically(root, {path: text})
    schema = root / SCHEMAS / f"{kind.name}.json"
    if with_hints and kind.name in KIND_BY_NAME and not schema.exists():
        write_files_atomically(root, {f"{SCHEMAS}/{kind.name}.json": _schema_text(kind.name)})
    return Started(root / path)


def _untitled(title: str, span: Span) -> Problem | None:
    """Return why *title* cannot be one, or None."""
    if not title:
        return error("key-missing", "there is no title", span, "write what you did")
    if any("\ud800" <= sign <= "\udfff" for sign in title):  # how Python passes on bytes that are not text
        return error("encoding", "the title holds bytes that are not text", span, "use a terminal that speaks UTF-8")
    control = control_character(title)
    if control:
        return error("control-character", f"the control character {control} cannot be published", span, "delete it")
    return None


def _free_id(root: Path, kind: Kind, title: str) -> str:
    """Return the slug of *title*, with a number when an entry of this kind has it already."""
    base = slugify(title)
    folders = (root / CONTENT / kind.folder, root / CONTENT / PRIVATE / kind.folder)
    taken = {path.stem for folder in folders for path in folder.rglob("*.md")}
    taken |= {path.parent.name for folder in folders for path in folder.rglob("index.md")}
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if name not in taken)


def _modeline(path: str, kind: str) -> str:
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{kind}.json\n"


def _schema_text(kind: str) -> str:
    return json.dumps(schema_of(kind), indent=1) + "\n"


_BODY: Final = "\n"
_HINTS: Final = {
    "achievement": (
        "# type: improved            # shipped fixed led improved launched saved designed mentored cared taught ...\n"
        "# role: id-of-a-role\n"
        "# skills: [Python, Negotiation]\n"
        "# scope: team               # self team department company industry\n"
        "# impact: What changed for others, in a sentence.\n"
        "# my_part: What you did of it.\n"
        "# metrics:\n"
        "#   - {name: waiting time, before: 38, after: 9, unit: min, better: lower, source: who counted}\n"
        "# evidence:\n"
        "#   - {label: Report, url: https://example.org/report}\n"
    ),
    "skill": "# category: Data\n# synonyms: [other names]\n# intent: lead             # lead keep grow learn retire\n# since: 2019\n",
    "role": (
        "# location: City, Country\n"
        "# kind: job                 # job contract volunteer project own\n"
        "# positions:\n"
        "#   - {id: senior, title: Senior Engineer, start: 2024-01, end: present, change: promotion}\n"
        "#   - {id: first, title: Engineer, start: 2021-03, end: 2023-12}\n"
    ),
    "page": "# summary: One sentence for search engines.\n",
    "story": (
        "# competencies: [influence, debugging]\n"
        "# questions: [id-of-a-question]   # for which this is your first choice, in private/questions.yaml\n"
        "# achievements: [id-of-an-achievement]\n"
        "# star:                           # 140 to 350 words in all take 1 to 2.5 minutes to tell\n"
        "#   situation: Where, and what was wrong.\n"
        "#   task: What you had to reach.\n"
        "#   action: What you did, yourself.\n"
        "#   result: What changed, with its number.\n"
        "# used:\n"
        "#   - {date: 2026-07-01, posting: id-of-a-posting, round: first}\n"
    ),
    "campaign": (
        "# summary: One sentence that stands below the title.\n"
        "# context: role             # company department role market\n"
        "# audience: leadership      # who sees it, and as whom it sees the portfolio; absent: nobody but you\n"
        "# start: 2026-07-01\n"
        "# end: 2026-10-15           # after it, its page leads home\n"
        "# claims:\n"
        "#   - {text: Makes night shifts safer, proof: [id-of-an-achievement, id-of-another]}\n"
        "# select: {since: 18m, stars_min: 3, limit: 12}\n"
        "# one_pager: {template: impact}   # impact classic brief\n"
        "# cta: {label: Book 30 minutes, url: mailto:you@example.org}\n"
    ),
}
