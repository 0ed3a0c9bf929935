"""Limits: what GitHub Pages does not take of a built site, and what not every disk and server keeps apart.

Source: GitHub's documentation, "GitHub Pages limits" and "About large files on GitHub", and the action upload-pages-artifact,
whose archive holds files and folders only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bragfolio.core.link.addresses import fold_path
from bragfolio.problems import Problem, Span, error, printable, warning

MAX_SITE: Final = 1_000_000_000
"""Bytes of all files."""
MAX_FILE: Final = 100_000_000
"""Bytes of one file: git's way to GitHub ends there."""
NO_JEKYLL: Final = ".nojekyll"
"""The file without which GitHub Pages leaves out what starts with `_`."""
_ODD_HINT: Final = "delete it: a site is files and folders, and a link may show what lies elsewhere"

_FOREIGN: Final = (
    "Brag did not write this file, so nobody looked for what it gives away, and a workflow would publish it"
)
_FOREIGN_HINT: Final = "move it into site_content/static/, or delete it"


def judge_site(sizes: Mapping[str, int], odd: Iterable[str] = (), foreign: Iterable[str] = ()) -> list[Problem]:
    """Return what is wrong with a site whose files have these *sizes* in bytes.

    *odd* are what is no plain file in it, *foreign* the files that Brag did not write.
    """
    problems = [
        error("hosting", "this is a link, or no plain file", Span(_place(path)), _ODD_HINT) for path in sorted(odd)
    ]
    for path in sorted(path for path, size in sizes.items() if size > MAX_FILE):
        message = f"this file has {sizes[path] / 1e6:.0f} MB; GitHub takes 100"
        problems.append(
            error("hosting", message, Span(_place(path)), "make it smaller, or put it elsewhere and link to it")
        )
    total = sum(sizes.values())
    if total > MAX_SITE:
        message = f"the site has {total / 1e9:.2f} GB; GitHub Pages takes 1"
        hint = f"the largest file is {_place(max(sizes, key=lambda path: sizes[path]))}"
        problems.append(error("hosting", message, Span("output"), hint))
    first: dict[str, str] = {}
    for path in sorted(sizes):
        other = first.setdefault(fold_path(path), path)
        if other != path:
            message = f"this differs from {_place(other)} in capital letters or accents alone"
            problems.append(
                error("hosting", message, Span(_place(path)), "rename one: some disks keep only one of them")
            )
    problems += [warning("hosting", _FOREIGN, Span(_place(path)), _FOREIGN_HINT) for path in sorted(foreign)]
    return problems


def _place(path: str) -> str:
    return printable(f"output/{path}")
