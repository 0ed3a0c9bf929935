"""Postings: brings in a job advert as it was saved, and finds one by its id or its file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import structs

from bragfolio.app.career import open_career
from bragfolio.app.start import Started
from bragfolio.core.importers.emit import entry_text
from bragfolio.core.importers.posting import MAX_BYTES, read_saved_posting
from bragfolio.core.insight.match import lists_requirements, requirements_in
from bragfolio.core.insight.vocabulary import make_vocabulary
from bragfolio.core.read.portfolio import POSTINGS
from bragfolio.core.read.postings import read_posting
from bragfolio.core.read.shape import did_you_mean
from bragfolio.edge.files import leads_out, read_start, write_files_atomically
from bragfolio.edge.pdf_text import UnreadablePdfError, read_pdf
from bragfolio.model.scalars import PartialDate
from bragfolio.model.slugs import slugify
from bragfolio.model.tree import CONTENT, label
from bragfolio.problems import Problem, Span, error, has_errors

if TYPE_CHECKING:
    from bragfolio.core.insight.vocabulary import Vocabulary
    from bragfolio.core.read.postings import ReadPosting
    from bragfolio.model.posting import Posting

_HINT: Final = "copy the text of the advert into a text file"
_MOST_OF_A_NAME: Final = 10_000


def import_posting(root: Path, file: Path, title: str, as_of: dt.date | None) -> Started:
    """Write the advert in *file* into private/postings/, with what it says of itself as keys.

    *title* overrides its own. What is there already is not written again. With an error nothing is written.
    """
    read, problems = read_advert(str(file), file)
    if read is None:
        return Started(None, tuple(problems))
    career, _ = open_career(root, as_of)
    posting = structs.replace(read.posting, title=title or read.posting.title, captured=PartialDate.of(career.as_of))
    vocabulary = make_vocabulary(career.linked.skills, [*posting.must, *posting.nice])
    posting = with_requirements(posting, read.advert, vocabulary)
    text = entry_text(posting, read.advert)
    path = _free_path(root, posting, text)
    if leads_out(root / CONTENT, path):
        message = "a symbolic link on the way leads out of the portfolio"
        wrong = error("symlink", message, Span(label(path)), "make it a folder of the portfolio itself")
        return Started(None, (*problems, wrong))
    problems += [problem for problem in read_posting(label(path), text.encode())[1] if problem.is_error]
    if has_errors(problems):
        return Started(None, tuple(problems))
    if not (root / CONTENT / path).is_file():
        write_files_atomically(root / CONTENT, {path: text})
    return Started(root / CONTENT / path, tuple(problems))


def with_requirements(posting: Posting, advert: str, vocabulary: Vocabulary) -> Posting:
    """Return *posting* with the skills that *advert* lists as required or as nice to have, behind those that it has."""
    if not lists_requirements(advert, vocabulary):
        return posting
    asked = requirements_in(advert, vocabulary)
    taken = {vocabulary.of(name).key for name in (*posting.must, *posting.nice)}
    new = [(known.name, is_must) for known, is_must in asked if known.key not in taken]
    must = [name for name, is_must in new if is_must]
    nice = [name for name, is_must in new if not is_must]
    return structs.replace(posting, must=(*posting.must, *must), nice=(*posting.nice, *nice))


def find_posting(root: Path, name: str, command: str) -> tuple[ReadPosting | None, list[Problem]]:
    """Return the posting in the file *name*, or the one in private/postings/ with that id; and what is wrong with it."""
    own = f"{POSTINGS}{name.removesuffix('.md')}.md"
    for path, shown in ((Path(name), name), (root / CONTENT / own, label(own))):
        if path.is_file():
            return read_advert(shown, path)
    folder = root / CONTENT / POSTINGS
    ids = sorted(path.stem for path in folder.glob("*.md")) if folder.is_dir() else []
    hint = did_you_mean(name, ids) or "name a file, or the id of a posting in site_content/private/postings/"
    return None, [error("not-found", f"there is no posting “{name}”", Span(command), hint)]


def read_advert(name: str, path: Path) -> tuple[ReadPosting | None, list[Problem]]:
    """Return the posting in the file at *path*, which messages call *name*; of a PDF, its text."""
    try:
        data = read_start(path, MAX_BYTES + 1)
    except (FileNotFoundError, IsADirectoryError):
        hint = "check the name; a path is seen from the folder that you are in"
        return None, [error("not-found", "there is no such file", Span(name), hint)]
    if data.startswith(b"%PDF") and len(data) <= MAX_BYTES:
        try:
            data = next(read_pdf(data)).encode()
        except UnreadablePdfError:
            return None, [error("encoding", "this PDF cannot be read", Span(name), _HINT)]
    return read_posting(name, data) if path.suffix == ".md" else read_saved_posting(name, data)


def _free_path(root: Path, posting: Posting, text: str) -> str:
    """Return where *posting* goes, from site_content/: the first name that is free, or that holds the same *text*."""
    month = str(posting.captured)[:7]
    base = slugify(" ".join(part for part in (month, posting.employer, posting.title) if part))
    names = (base, *(f"{base}-{number}" for number in range(2, _MOST_OF_A_NAME)))

    def is_ours(name: str) -> bool:
        there = root / CONTENT / f"{POSTINGS}{name}.md"
        return not there.exists() or (there.is_file() and there.read_bytes() == text.encode())

    return f"{POSTINGS}{next(name for name in names if is_ours(name))}.md"
