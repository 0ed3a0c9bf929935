"""Tree: the files of a portfolio as they were found on disk."""

from typing import Final

from msgspec import Struct, field

CONTENT: Final = "site_content"
"""The folder of a portfolio that holds what is written."""
PRIVATE: Final = "private/"
"""Below it, what is private by its place."""


class SourceFile(Struct, frozen=True):
    """A file below site_content/."""

    path: str
    """From site_content/, with forward slashes."""
    size: int
    """Bytes."""
    data: bytes | None = None
    """The content of a text file; None for attachments, which are never read whole."""

    @property
    def label(self) -> str:
        """The path as messages give it."""
        return label(self.path)


class SourceTree(Struct, frozen=True):
    """All files below site_content/, by path, in order."""

    files: dict[str, SourceFile] = field(default_factory=dict)


def label(path: str) -> str:
    """Return *path*, which starts in site_content/, as messages give it: from the portfolio's folder."""
    return f"{CONTENT}/{path}"


def unlabel(text: str) -> str:
    """Return the path from site_content/ that *text*, as messages give it, means."""
    return text.removeprefix(f"{CONTENT}/")
