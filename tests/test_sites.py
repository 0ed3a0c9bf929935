"""Stories: each folder of tests/sites/ is a tiny portfolio, what Brag said about it, and what it built from it.

`said.txt` is the session: `$ brag build`, then what was printed, then `[exit 1]` where it was not 0. A new story needs
its commands alone; `pytest tests/test_sites.py --bless` fills in the rest, and accepts what Brag says now.

`built.txt` says, after the promise that the story keeps, what files hold: a path or a pattern from the portfolio's
folder, and below it `+ text` that is in it, as text or as markup, `- text` that is in none of them, or `absent`.
"""

import html
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.portfolios import run_brag

SITES = Path(__file__).parent / "sites"
STORIES = sorted(path.name for path in SITES.iterdir() if path.is_dir())
_VARYING = (
    (re.compile(r"\bin \d+\.\d\d s\b"), "in [TIME] s"),
    (re.compile(r"\b[\d,]+(?= pages? with| files? new| as before| gone)"), "[N]"),
)
"""What is not the story's: the time, and how many files the theme brings."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one path or pattern of built.txt promises."""

    pattern: str
    holds: tuple[str, ...]
    lacks: tuple[str, ...]
    is_absent: bool


def test_there_are_stories():
    assert len(STORIES) >= 15


@pytest.mark.parametrize("name", STORIES)
def test_story(name, tmp_path, request):
    story, root = SITES / name, tmp_path / name
    root.mkdir()
    for folder in ("site_content", "themes"):
        if (story / folder).is_dir():
            shutil.copytree(story / folder, root / folder)
    said = story / "said.txt"
    now = play(said.read_text(encoding="utf-8"), root)
    if request.config.getoption("--bless"):
        said.write_text(now, encoding="utf-8")
    assert now == said.read_text(encoding="utf-8")
    expectations = list(read_expectations((story / "built.txt").read_text(encoding="utf-8")))
    assert expectations
    assert [fault for expectation in expectations for fault in find_faults(expectation, root)] == []


def play(session: str, root: Path) -> str:
    """Run the commands of *session* in *root* and return it as it went."""
    played = []
    for line in session.splitlines():
        if not line.startswith("$ "):
            continue
        program, *words = shlex.split(line[2:])
        assert program == "brag"
        outcome = run_brag(root, *words)
        text = outcome.text.replace(root.resolve().as_uri(), "file://[ROOT]").replace(str(root), "[ROOT]")
        for pattern, name in _VARYING:
            text = pattern.sub(name, text)
        played.append(f"{line}\n{text}" + (f"[exit {outcome.code}]\n" if outcome.code else ""))
    return "\n".join(played)


def read_expectations(text: str) -> Iterator[Expectation]:
    """Read a built.txt."""
    for block in re.split(r"\n(?=\S)", text):
        pattern, *lines = [line for line in block.splitlines() if line.strip()]
        if pattern.startswith("#"):
            continue
        marks = [line.strip() for line in lines]
        assert all(mark == "absent" or mark.startswith(("+ ", "- ")) for mark in marks), block
        holds, lacks = (tuple(mark[2:] for mark in marks if mark.startswith(sign)) for sign in ("+ ", "- "))
        yield Expectation(pattern, holds, lacks, "absent" in marks)


def find_faults(expectation: Expectation, root: Path) -> Iterator[str]:
    """Return where the files in *root* are not as promised."""
    files = [path for path in sorted(root.glob(expectation.pattern)) if path.is_file()]
    if bool(files) == expectation.is_absent:
        yield f"{expectation.pattern} is {'there' if files else 'not there'}"
    contents = "\n".join(readable(path) for path in files)
    yield from (f"{expectation.pattern} lacks: {text}" for text in expectation.holds if text not in contents)
    yield from (f"{expectation.pattern} holds: {text}" for text in expectation.lacks if text in contents)


def readable(path: Path) -> str:
    """Return a file as it is and as it reads without its markup, each on one line."""
    source = path.read_text(encoding="utf-8", errors="replace")
    text = html.unescape(re.sub(r"<[^>]*>", "", source))
    return "\n".join(" ".join(form.split()) for form in (str(path), source, text))
