"""Docs: what is generated is fresh, and every command that a README shows works."""

import os
import re
import shlex
import subprocess
import sys

import pytest

from tests.repositories import Repository
from tests.tools import docs


@pytest.mark.parametrize("name", [path.relative_to(docs.REPOSITORY).as_posix() for path in docs.generated()])
def test_generated_docs_are_fresh(name):
    path = docs.REPOSITORY / name
    assert path.read_text(encoding="utf-8") == docs.generated()[path], "run `make docs`"


def test_every_problem_code_in_the_program_is_documented_and_used(repository):
    from bragfolio.problems import CODES

    sources = "\n".join(path.read_text(encoding="utf-8") for path in (repository / "generator").rglob("*.py"))
    used = {code for code in CODES if len(re.findall(f'"{code}"', sources)) > 1}
    assert used == set(CODES)


@pytest.mark.parametrize(("page", "line"), [
    ("entries", "## `achievements/*.md`"),
    ("entries", "## `education.yaml`"),
    ("entries", "| `order` | number | Its place among your pages, small numbers first; those without come last. |"),
    ("private-files", "## `private/people.yaml`"),
    ("private-files", "| `cadence_days` | number | How often you want to talk. |"),
    ("private-files", "## `private/plan.yaml`"),
    ("private-files", "## `stories/*.md`, `private/stories/*.md`"),
    ("private-files", "## `private/ladders/*.yaml`"),
    ("private-files", "## `private/announcements.csv`"),
    ("site-yaml", "### Freshness"),
    ("commands", "## brag announce"),
    ("commands", "| `--channel CHANNEL` | how: decides the form and the length of the text (`slack`, `email`, `linkedin`, `status`, `talk`) |"),
    ("commands", "| `-C DIR` | the folder that holds site_content/ |"),
    ("commands", "| 3 | Disk, permission, lock, port. |"),
    ("codes", "| `gap` | freshness | Nothing was written down for longer than freshness.gap_days. |"),
])  # fmt: skip
def test_the_reference_has_keys_commands_and_codes(page, line):
    assert docs.reference()[docs.PAGES / f"{page}.md"].splitlines().count(line) == 1


def test_every_key_says_what_it_is_for():
    rows = [row for text in docs.reference().values() for row in text.splitlines() if row.startswith("| `")]
    assert len(rows) > 500
    assert [row for row in rows if re.search(r"(\|\s*|\*required\*\.\s*)\|$", row)] == []


def commands_of(repository, heading):
    """Return the commands of a section of README.md."""
    text = (repository / "README.md").read_text(encoding="utf-8")
    section = text.partition(f"## {heading}")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.replace("\\\n", "").splitlines()]
    return [line.partition("  #")[0].strip() for line in lines if line.strip() and not line.startswith("#")]


def test_the_tour_of_the_readme_works_as_it_is_written(repository, tmp_path):
    commands = commands_of(repository, "The five-minute tour")
    assert len(commands) >= 6
    folder = follow(commands, tmp_path)
    assert (folder / "output" / "index.html").is_file()
    (full,) = re.findall(
        r"^```yaml\n(---\n.*?)^```", (repository / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    (folder / "site_content/achievements/full.md").write_text(full, encoding="utf-8")
    follow(["brag check --strict"], folder)
    (folder / "advert.txt").write_text("Northgate Clinic seeks a nurse\n\nNegotiation is a must.\n", encoding="utf-8")
    morning = commands_of(repository, "The morning of an interview")
    assert len(morning) == 3
    follow(morning, folder)
    assert len(list((folder / "site_content/private/one-pagers").glob("*.pdf"))) == 2
    assert "northgate" in (folder / "site_content/private/sent.csv").read_text(encoding="utf-8")
    week = commands_of(repository, "Ten minutes a week")
    assert len(week) == 3
    follow(week, folder)
    git = Repository(folder).git
    git("init", "--quiet", "--bare", "../elsewhere.git")
    git("remote", "add", "origin", "../elsewhere.git")
    publish = commands_of(repository, "Publish")
    assert [line for line in publish if not line.startswith("pip")] == [
        "brag build --base-url https://example.org/sam/", "brag deploy --init", "brag build", "brag deploy --dry-run", "brag deploy",
    ]  # fmt: skip
    for line in publish:
        if line.startswith("pip"):
            make_wheel_as_written(line, repository, folder)
        else:
            follow([line], folder)
    assert (folder / ".github/workflows/brag.yml").is_file()
    assert len(list((folder / ".github/brag").glob("bragfolio-*.whl"))) == 1
    assert git("--git-dir=../elsewhere.git", "rev-list", "--count", "gh-pages") == "1\n"


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "generator/README.md", "themes/README.md"]
)
def test_every_link_and_picture_of_a_readme_is_there(repository, name):
    path = repository / name
    links = re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert missing == []


def make_wheel_as_written(line, repository, folder):
    """Run the `pip wheel` of README.md in this checkout, with what is installed here instead of a network."""
    words = [word.replace("../my-site", str(folder)) for word in shlex.split(line)[1:]]
    settings = {
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
    }  # the second one means what `--no-build-isolation` says
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", *words], cwd=repository, env={**os.environ, **settings}, check=True,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def follow(commands, folder):
    """Run the commands, starting in *folder*; return the one in which they end."""
    for line in commands:
        words = shlex.split(line)
        if words[0] == "cd":
            folder /= words[1]
            continue
        assert words[0] == "brag", line
        program = [sys.executable, "-m", "bragfolio", *words[1:]]
        answer = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, f"{line}\n{answer.stdout}{answer.stderr}"
    return folder
