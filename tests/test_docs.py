"""Docs: what is generated is fresh, and every command that a README shows works."""

import re
import shlex
import subprocess
import sys

import pytest

from tests.portfolios import run_brag
from tests.repositories import Repository
from tests.tools import docs


@pytest.mark.parametrize("make", [docs.reference, docs.contract, docs.readme])
def test_generated_docs_are_fresh(make, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    path = {docs.reference: docs.REFERENCE, docs.contract: docs.CONTRACT, docs.readme: docs.README}[make]
    assert path.read_text(encoding="utf-8") == make(), "run `make docs`"


def test_every_problem_code_in_the_program_is_documented_and_used(repository):
    from bragfolio.problems import CODES

    sources = "\n".join(path.read_text(encoding="utf-8") for path in (repository / "generator").rglob("*.py"))
    used = {code for code in CODES if len(re.findall(f'"{code}"', sources)) > 1}
    assert used == set(CODES)


@pytest.mark.parametrize("line", [
    "### private/people.yaml: a list of",
    "| `cadence_days` | number | How often you want to talk. |",
    "### private/plan.yaml",
    "### stories/*.md, private/stories/*.md",
    "### private/ladders/*.yaml",
    "### private/announcements.csv: the columns",
    "| `gap` | freshness | Nothing was written down for longer than freshness.gap_days. |",
])  # fmt: skip
def test_the_reference_has_the_private_files_and_what_the_coach_finds(line):
    assert docs.reference().splitlines().count(line) == 1


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
    (folder / "advert.txt").write_text("Northgate Clinic seeks a nurse\n\nNegotiation is a must.\n", encoding="utf-8")
    morning = commands_of(repository, "The morning of an interview")
    assert len(morning) == 3
    follow(morning, folder)
    assert len(list((folder / "site_content/private/one-pagers").glob("*.pdf"))) == 2
    assert "northgate" in (folder / "site_content/private/sent.csv").read_text(encoding="utf-8")
    git = Repository(folder).git
    git("init", "--quiet", "--bare", "../elsewhere.git")
    git("remote", "add", "origin", "../elsewhere.git")
    publish = commands_of(repository, "Publish")
    assert publish == ["brag build", "brag deploy --dry-run", "brag deploy"]
    follow(publish, folder)
    assert git("--git-dir=../elsewhere.git", "rev-list", "--count", "gh-pages") == "1\n"


def test_the_weeks_and_the_situations_of_the_readme_work_in_the_example(repository, tmp_path):
    root = tmp_path / "demo"
    assert run_brag(tmp_path, "init", "demo", "--example").code == 0
    (root / "advert.txt").write_text("Northgate Clinic seeks a pharmacist\n\nTeaching is a must.\n", encoding="utf-8")
    commands = [
        *commands_of(repository, "Ten minutes a week"),
        *commands_of(repository, "Review, promotion, interview"),
    ]
    assert len(commands) == 14
    for line in commands:
        outcome = run_brag(root, *shlex.split(line)[1:])
        assert outcome.code == 0, f"{line}\n{outcome.text}"
    for file in ("review.md", "packet.pdf", "cards.pdf", ".brag/builds/self/headquarters/index.html"):
        assert (root / file).is_file(), file


def test_the_themes_of_the_readme_work_in_the_example(repository, tmp_path):
    root = tmp_path / "demo"
    assert run_brag(tmp_path, "init", "demo", "--example").code == 0
    commands = commands_of(repository, "Themes")
    assert len(commands) == 4
    for line in commands:
        outcome = run_brag(root, *shlex.split(line)[1:])
        assert outcome.code == 0, f"{line}\n{outcome.text}"
    site = root / "site_content/site.yaml"
    options = re.search(r"^theme_options: .*$", (repository / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert options
    site.write_text(
        site.read_text(encoding="utf-8").replace("theme: ledger", f"theme: mine\n{options[0]}"), encoding="utf-8"
    )
    outcome = run_brag(root, "build", "--no-pdf")
    assert outcome.code == 0, outcome.text
    assert 'data-font="sturdy"' in (root / "output/index.html").read_text(encoding="utf-8")


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
