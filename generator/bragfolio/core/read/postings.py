"""Postings: a saved job advert, with keys or as it was copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.core.read.entries import located
from bragfolio.core.read.frontmatter import read_document
from bragfolio.core.read.shape import decode_tree
from bragfolio.core.read.text import decode_text
from bragfolio.model.posting import Posting
from bragfolio.problems import has_errors

if TYPE_CHECKING:
    from bragfolio.problems import Problem


class ReadPosting(Struct, frozen=True):
    """A posting and the advert itself."""

    posting: Posting
    advert: str


def read_posting(file: str, data: bytes) -> tuple[ReadPosting | None, list[Problem]]:
    """Return the posting in *data*, None when it is broken, and what is wrong with it.

    *file* is its path as messages give it. Text without front matter is an advert alone; its first line is the title.
    """
    text, problems = decode_text(file, data)
    if has_errors(problems):
        return None, problems
    if not text.startswith("---\n"):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return ReadPosting(Posting(title=lines[0][:200] if lines else file), text), problems
    document, found = read_document(file, data)
    if document is None:
        return None, found
    posting, issues = decode_tree(document.tree, Posting)
    found += located(issues, document.source)
    return (ReadPosting(posting, document.body), found) if posting and not issues else (None, found)
