"""Guides: the pages of docs/, followed word for word: files are written, commands run, and what comes of it holds no mistake.

What a fence says after its language is for this test: `sh by-hand` is left to people, `yaml PATH` is a file to write (with a `+`
at its end, what to write into one that is there, in the place of the same keys). `extra: {start: example}` on top of a page begins in the example portfolio,
`portfolio` in a new one; otherwise the folder is empty.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.portfolios import Outcome, run_brag
from tests.repositories import Repository
from tests.tools import docs

GUIDES = sorted(path.stem for path in docs.PAGES.glob("*.md") if path not in docs.reference())
DAY = "2026-11-23"
"""On which the example is judged."""
LEAST = 40
"""Commands and files of all guides: more than these are followed."""


def read_guide(name: str) -> tuple[dict[str, str], list[tuple[list[str], str]]]:
    """Return the free keys of a page, and its fences: the words after the mark, and what stands within."""
    _, keys, body = (docs.PAGES / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
    fences = [(token.info.split(), token.content) for token in MarkdownIt().parse(body) if token.type == "fence"]
    return yaml.safe_load(keys).get("extra", {}), fences


def commands_in(text: str) -> Iterator[list[str]]:
    """Yield the words of each command of a fence."""
    for line in text.replace("\\\n", "").splitlines():
        if words := shlex.split(line, comments=True):
            yield words


def start(kind: str, folder: Path) -> Path:
    """Return the folder in which a page begins, with an advert, and a remote to publish to where there is a portfolio."""
    root = folder
    if kind:
        words = ("my-site", "--example") if kind == "example" else ("my-site", "--name", "Sam Sample")
        assert run_brag(folder, "init", *words).code == 0
        root = folder / "my-site"
        git = Repository(root).git
        git("init", "--quiet", "--bare", "../elsewhere.git")
        git("remote", "add", "origin", "../elsewhere.git")
    (root / "advert.txt").write_text("Northgate Clinic seeks a pharmacist\n\nTeaching is a must.\n", encoding="utf-8")
    return root


@pytest.mark.parametrize("name", GUIDES)
def test_what_a_guide_shows_works_as_it_is_written(name, tmp_path):
    extra, fences = read_guide(name)
    root = start(extra.get("start", ""), tmp_path)
    for info, content in fences:
        match info:
            case ["sh"]:
                for words in commands_in(content):
                    root = run(words, root)
            case ["yaml" | "markdown" | "html" | "css" | "text", path, *more]:
                write(root / path, content, is_added=more == ["+"])
            case ["sh", "by-hand"] | ["text"]:
                pass
            case _:
                pytest.fail(f"a fence that is neither run nor written: {info}")
    if (root / "site_content").is_dir():
        outcome = brag(root, "check")
        assert outcome.code == 0, outcome.text
        assert outcome.errors == []


def run(words: list[str], root: Path) -> Path:
    """Run one command; return the folder in which the next one runs."""
    if words[0] == "cd":
        return root / words[1]
    assert words[0] == "brag", words
    outcome = brag(root, *words[1:])
    assert outcome.code == 0, f"{shlex.join(words)}\n{outcome.text}"
    return root


def brag(root: Path, *words: str) -> Outcome:
    """Run Brag on the day of the example, unless a command names its own."""
    return run_brag(root, *words, *(() if "--as-of" in words else ("--as-of", DAY)))


def write(path: Path, content: str, *, is_added: bool) -> None:
    """Write a file; or add to one that is there: keys in the place of those that it has, entries of a list below the others."""
    if is_added:
        old, new = path.read_text(encoding="utf-8"), yaml.safe_load(content)
        for key in new if isinstance(new, dict) else ():
            old = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", old, flags=re.MULTILINE)
        content = old.rstrip("\n") + "\n" + content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def test_most_of_what_the_guides_show_is_followed():
    assert len(GUIDES) >= 9
    fences = [info for name in GUIDES for info, _ in read_guide(name)[1]]
    followed = [info for info in fences if info not in (["sh", "by-hand"], ["text"])]
    assert len(followed) >= LEAST
    assert len(followed) > 2 * fences.count(["sh", "by-hand"])


@pytest.mark.parametrize("name", GUIDES)
def test_what_is_left_to_people_names_commands_and_options_that_exist(name):
    known = docs.reference()[docs.PAGES / "commands.md"]
    for info, content in read_guide(name)[1]:
        if info == ["sh", "by-hand"]:
            for words in commands_in(content):
                if words[0] == "brag" and not words[1].startswith("-"):
                    section = known.partition(f"## brag {words[1]}\n")[2].partition("\n## ")[0]
                    assert section, words
                    assert [word for word in words if word.startswith("--") and word not in section] == []
