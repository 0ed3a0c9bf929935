"""Privacy: what the public build shows does not depend on anything that the public may not see."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from bragfolio.app.build import BuildRequest, build
from bragfolio.app.entries import list_entries

DAY = dt.date(2026, 11, 23)
CANARY = "zqcanary"


def tree_of(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def build_public(root: Path, *, with_pdf: bool = True) -> dict[str, bytes]:
    report = build(BuildRequest(root, as_of=DAY, with_pdf=with_pdf))
    assert report.published, report.problems
    return tree_of(root / "output")


@pytest.fixture
def copy(repository, tmp_path):
    shutil.copytree(repository / "site_content", tmp_path / "site_content")
    return tmp_path


def test_the_public_site_is_the_same_whether_hidden_entries_exist_or_not(copy):
    with_all = build_public(copy)
    rows, _ = list_entries(copy, DAY, None)
    hidden = [row for row in rows if row.visibility != "public" or row.state]
    assert len(hidden) >= 8
    shutil.rmtree(copy / "site_content" / "private")
    for row in hidden:
        path = copy / row.file
        if path.exists():
            path.unlink()
    shutil.rmtree(copy / "output")
    assert build_public(copy) == with_all


def test_an_entry_that_was_public_yesterday_leaves_nothing_behind(copy):
    entry = copy / "site_content/achievements/2021/aseptic-validation.md"
    kept = entry.read_text(encoding="utf-8")
    build_public(copy)
    entry.write_text(kept.replace("visibility: public", "visibility: private"), encoding="utf-8")
    after = build_public(copy)
    entry.unlink()
    shutil.rmtree(copy / "output")
    assert build_public(copy) == after
    assert not any("aseptic-validation" in path for path in after)


CANARIES = {
    "private entry": ("private/achievements/{n}.md", "---\ntitle: {c}\ndate: 2026-01-02\n---\n{c}\n"),
    "entry without visibility": ("achievements/{n}.md", "---\ntitle: {c}\ndate: 2026-01-02\nskills: [{c}]\n---\n{c}\n"),
    "entry for leadership": ("achievements/{n}.md", "---\ntitle: {c}\ndate: 2026-01-02\nvisibility: leadership\n---\n{c}\n"),
    "draft": ("achievements/{n}.md", "---\ntitle: {c}\ndate: 2026-01-02\nvisibility: public\ndraft: true\n---\n{c}\n"),
    "embargo": ("achievements/{n}.md", "---\ntitle: {c}\ndate: 2026-01-02\nvisibility: public\npublish_date: 2026-11-24\n---\n"),
    "expired": ("achievements/{n}.md", "---\ntitle: {c}\ndate: 2026-01-02\nvisibility: public\nexpiry_date: 2026-11-23\n---\n"),
    "overlay": ("private/achievements/aseptic-validation.md", "---\ntitle: {c}\nimpact: {c}\n---\n{c}\n"),
    "hidden metric": ("achievements/{n}.md", ("---\ntitle: T\ndate: 2026-01-02\nvisibility: public\nmetrics:\n"
                      "  - {{name: {c}, value: 1, visibility: leadership}}\n---\n")),
    "hidden evidence": ("achievements/{n}.md", ("---\ntitle: T\ndate: 2026-01-02\nvisibility: public\nevidence:\n"
                        "  - {{label: {c}, url: 'https://example.org/{c}', visibility: company}}\n---\n")),
    "feedback without consent": ("achievements/{n}.md", ("---\ntitle: T\ndate: 2026-01-02\nvisibility: public\nfeedback:\n"
                                 "  - {{from: {c}, quote: {c}, byline: {c}}}\n---\n")),
    "who said it": ("achievements/{n}.md", ("---\ntitle: T\ndate: 2026-01-02\nvisibility: public\nfeedback:\n"
                    "  - {{from: {c}, quote: Well done, consent: public}}\n---\n")),
    "goals, ladder, effort": ("achievements/{n}.md", ("---\ntitle: T\ndate: 2026-01-02\nvisibility: public\ngoals: [{c}]\n"
                              "ladder: [{c}/x/y]\ncollaborators: [{c}]\nextra: {{k: {c}}}\n---\n")),
    "HTML comment": ("achievements/{n}.md", ("---\ntitle: T\ndate: 2026-01-02\nvisibility: public\n---\nA <!-- {c} --> b.\n\n"
                     "<!--\n{c}\n-->\n")),
    "YAML comment": ("achievements/{n}.md", "---\ntitle: T # {c}\ndate: 2026-01-02\nvisibility: public\n---\n"),
    "hidden skill": ("private/skills/{n}.md", "---\nname: {c}\nsynonyms: [SQL]\n---\n{c}\n"),
    "hidden role": ("private/roles/{n}.md", "---\nemployer: {c}\npositions: [{{title: {c}, start: 2019}}]\n---\n{c}\n"),
    "role overlay": ("private/roles/lantern.md", "---\nemployer: {c}\nmanager: {c}\n---\n"),
    "hidden page": ("private/pages/{n}.md", "---\ntitle: {c}\n---\n{c}\n"),
    "private list": ("private/credentials.yaml", "- {{kind: award, title: {c}}}\n"),
    "contact": ("private/site.yaml", "person:\n  claim: {c}\n  phone: {{value: {c}, visibility: market}}\n"),
    "unreferenced attachment": ("achievements/{c}.txt", "{c}\n"),
    "private static file": ("private/static/{c}.txt", "{c}\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def published(repository, tmp_path_factory):
    """What is published of the example with all of these in it, each with a word of its own."""
    root = tmp_path_factory.mktemp("planted")
    shutil.copytree(repository / "site_content", root / "site_content")
    for number, (path, text) in enumerate(CANARIES.values()):
        words = {"c": canary(number), "n": number}
        file = root / "site_content" / path.format(**words)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(**words), encoding="utf-8")
    return build_public(root, with_pdf=False)  # the streams of PDFs are compressed; the scan reads them


def canary(number: int) -> str:
    return f"{CANARY}{number:02}"


@pytest.mark.parametrize("name", CANARIES)
def test_no_byte_and_no_name_of_what_is_hidden_is_published(published, name):
    word = canary(list(CANARIES).index(name))
    for path, data in published.items():
        assert word not in path.lower()
        assert word.encode() not in data.lower(), path
