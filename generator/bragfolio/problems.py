"""Problems: an author's mistakes as values, each with a place, a sentence and a hint."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple


class Severity(StrEnum):
    """How much a problem matters: an error keeps the site from being published, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A place in a file of the portfolio. Lines and columns count from 1; line 0 means the whole file."""

    file: str
    """Path as the author knows it, from the portfolio's folder: `site_content/skills/sql.md`."""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`file:line:column`, the form that editors and terminals make clickable."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """One mistake. Equal problems are the same problem: a run reports it once."""

    code: str
    """A key of `CODES`."""
    message: str
    """One plain sentence in the author's words, without a final full stop."""
    span: Span
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether this keeps the site from being published."""
        return self.severity is Severity.ERROR


CODES: Final = {
    "yaml-syntax": "The YAML cannot be read.",
    "yaml-tab": "A tab indents YAML, which allows spaces only.",
    "yaml-alias": "An anchor (&) or alias (*) in YAML.",
    "yaml-tag": "A tag (!) in YAML.",
    "yaml-depth": "YAML or JSON nested deeper than 32 levels.",
    "yaml-duplicate": "A key stands twice in one mapping.",
    "yaml-comment": "A `#` cut the rest of a value off as a comment.",
    "frontmatter-missing": "A Markdown file without front matter.",
    "frontmatter-unclosed": "Front matter without its closing `---`.",
    "frontmatter-size": "Front matter over 64 KiB.",
    "key-unknown": "A key that this kind of file does not have.",
    "key-missing": "A key that this kind of file must have.",
    "value-type": "A value of the wrong shape: a list where text is wanted, or the other way round.",
    "value": "A value that the field does not accept.",
    "value-rule": "Values that contradict each other.",
    "date": "Not a date, or a date that does not exist.",
    "date-order": "An end before its start.",
    "date-future": "An achievement dated after the as-of day.",
    "url-scheme": "An address with a scheme other than http, https, mailto or tel.",
    "link-scheme": "A Markdown link with a scheme other than http, https, mailto or tel.",
    "link-blank": "A link or picture whose address has a blank, so that it is shown as text.",
    "raw-html": "HTML in Markdown, which is shown as text.",
    "link": "A link or reference to something that does not exist.",
    "link-hidden": "A link to something that this audience does not see, or that does not exist.",
    "image-missing": "An image that does not exist.",
    "image-alt": "An image without a text alternative.",
    "image-size": "An image over 25 MB or 40 megapixels.",
    "image-type": "A file that is not the image it claims to be, or an SVG with active content.",
    "reference": "An id that names nothing.",
    "skill-twice": "Two files for skills of one name.",
    "skill-slip": "A skill whose name is a letter away from a better known one.",
    "skill-synonym": "A skill without proof, of which achievements use another, well-known name.",
    "encoding": "Text that is not UTF-8.",
    "control-character": "A control character in text.",
    "bidi": "An invisible character, which changes the direction of text or hides in it.",
    "file-size": "A file over its limit.",
    "file-kind": "Something that is not a regular file.",
    "file-type": "A file that is not the PDF that its name says.",
    "file-unknown": "A file that Brag does not know what to do with.",
    "file-missing": "A file that was there a moment ago.",
    "symlink": "A symbolic link that leads out of the portfolio, in circles, or nowhere.",
    "permission": "A file that cannot be read or written.",
    "path-escape": "A path that leads out of its folder.",
    "name-reserved": "A name that Windows reserves.",
    "id-duplicate": "Two entries of one kind with the same id.",
    "path-duplicate": "Two things that would be published at the same address.",
    "config-missing": "No site.yaml.",
    "format": "A portfolio made for another version of Brag.",
    "audience-unknown": "An audience that is not defined.",
    "audience-cycle": "Audiences that include each other in a circle.",
    "private-public": "A file in private/ that says it is public.",
    "leak": "Something in a built site that its audience may not see.",
    "tracked": "Something that git tracks in a public repository and that is not public.",
    "history": "Something in the history of a public repository that is not public.",
    "page-overflow": "A one-pager that does not fit on one page.",
    "glyph": "A character that no font of the theme has.",
    "campaign-over": "A campaign whose last day is past: its page leads home.",
    "campaign-empty": "A campaign that selects nothing that its audience sees.",
    "claim-thin": "A claim of a campaign with fewer than two proofs that its audience sees.",
    "claim-stale": "A claim of a campaign without a proof of the last 365 days.",
    "theme": "A theme that is missing or broken.",
    "theme-option": "A theme option that the theme does not have, or a value that it does not accept.",
    "redirect": "An old path that cannot be redirected.",
    "output-folder": "An output folder that Brag refuses to write.",
    "deploy": "A built site that Brag refuses to push.",
    "remote": "A remote repository that a site cannot be pushed to.",
    "repository-private": "A public site of a private repository.",
    "repository-public": "A repository that everybody can read on GitHub, and that site.yaml calls private.",
    "workflow": "A workflow for GitHub that Brag does not write.",
    "hosting": "Something in a built site that GitHub Pages does not take, or that not all places keep apart.",
    "lock": "Another build is running.",
    "port": "An address that the site cannot be served at.",
    "disk": "The disk refused.",
    "engine": "Something that the machine lacks.",
    "folder-not-empty": "A folder that already holds something.",
    "not-found": "An id or a file given on the command line that does not exist.",
    "unseen": "An entry, named on the command line, that the audience named with it does not see.",
    "json-syntax": "JSON that cannot be read.",
    "json-value": "A value in JSON that the format does not allow.",
    "json-unknown": "A key in JSON that the importer does not know.",
    "import-conflict": "An imported entry that was edited since.",
}
"""Every problem code with what it means; codes are stable and may be ignored in site.yaml (`check.ignore`)."""

_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def printable(text: str) -> str:
    r"""Return *text* with control, zero-width and bidirectional characters written as `\xNN` or `\uNNNN`."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def error(code: str, message: str, span: Span, hint: str = "") -> Problem:
    """Return an error."""
    return Problem(code, message, span, hint)


def warning(code: str, message: str, span: Span, hint: str = "") -> Problem:
    """Return a warning."""
    return Problem(code, message, span, hint, Severity.WARNING)


def has_errors(problems: list[Problem]) -> bool:
    """Tell whether any of *problems* keeps the site from being published."""
    return any(problem.is_error for problem in problems)


def in_order(problems: list[Problem]) -> list[Problem]:
    """Return *problems* by place, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.span, p.severity, p.code, p.message))
