"""Handover: the site of one audience as one zip, with a word on whose it is and from which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bragfolio.app.folder import STATE
from bragfolio.core.link.addresses import NOT_FOUND
from bragfolio.core.project.audiences import PUBLIC
from bragfolio.edge.archive import is_archive, write_archive
from bragfolio.edge.target import read_manifest
from bragfolio.model.slugs import slugify
from bragfolio.model.tree import CONTENT, PRIVATE
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from bragfolio.model.site import SiteConfig

NOTE: Final = "READ-ME-FIRST.txt"


def refuse_archive(file: Path, root: Path, output: Path) -> Problem | None:
    """Return why *file* cannot be the zip of a build of *root* into *output*, or None."""
    span = Span(str(file))
    try:
        real = file.resolve()
    except RuntimeError:  # before Python 3.13
        return error("output-folder", "this is a symbolic link that leads in a circle", span, "choose another name")
    if file.is_dir():
        return error("output-folder", "this is a folder", span, "name a file in it, for example site.zip")
    if file.exists() and not is_archive(file):
        message = "there is another file of that name, which is no zip"
        return error("output-folder", message, span, "choose another name")
    sites = [output.resolve(), (root / "output").resolve()]
    content = (root / CONTENT).resolve()
    if any(real.is_relative_to(site) for site in sites) or any(read_manifest(folder) for folder in real.parents):
        return error("output-folder", "a site is built into this folder", span, "choose a place outside it")
    if real.is_relative_to(content) and not real.is_relative_to(content / PRIVATE):
        message = f"what lies in {CONTENT}/ may be published"
        return error("output-folder", message, span, f"choose a place outside it, or {CONTENT}/{PRIVATE}")
    return None


def is_exposed(file: Path, root: Path) -> bool:
    """Tell whether git may come to track *file*: it lies in the portfolio, and not where git never looks."""
    real, home = file.resolve(), root.resolve()
    kept = (home / STATE, home / CONTENT / PRIVATE)
    return real.is_relative_to(home) and not any(real.is_relative_to(folder) for folder in kept)


def hand_over(output: Path, file: Path, config: SiteConfig, audience: str, day: dt.date) -> Problem | None:
    """Write the site in *output*, built for *audience* on *day*, into the zip *file*; return why not, if so.

    In it is what Brag wrote, and a note; not 404.html, which servers alone show. *config* is as the audience sees it.
    Raises OSError.
    """
    built = [path for path in sorted(read_manifest(output) or {}) if path != NOT_FOUND]
    taken = next((path for path in built if path.casefold() == NOTE.casefold()), None)
    if taken:
        message = f"the site has a {taken} of its own, where the zip says whom it is for"
        return error("path-duplicate", message, Span(f"{CONTENT}/static/{taken}"), "give it another name")
    owner = config.person.name or config.title
    top = "-".join(filter(None, (slugify(owner) if owner else "", audience, day.isoformat())))

    def members() -> Iterator[tuple[str, bytes | Path]]:
        yield f"{top}/{NOTE}", _note(owner, audience, day).encode()
        for path in built:
            yield f"{top}/{path}", output / path

    write_archive(file, members(), day)
    return None


def _note(owner: str, audience: str, day: dt.date) -> str:
    whose = f"The work of {owner}" if owner else "A portfolio"
    if audience == PUBLIC:
        lines = [f"{whose}, for everybody, as of {day}."]
    else:
        lines = [
            f'{whose}, for the audience "{audience}", as of {day}.',
            "It is not for publication: put it on no server, and pass it on to nobody else.",
        ]
    lines.append("To read it, unpack all of it and open index.html in a browser.")
    return "\n".join(lines) + "\n"
