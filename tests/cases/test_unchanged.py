"""Unchanged: what is told apart from a build that would change nothing, whatever clocks and caches say (B19)."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys

import pytest

from bragfolio.app.build import BuildRequest
from bragfolio.app.build import build as run_build
from bragfolio.core.read.remembered import Memory
from tests.portfolios import achievement, assert_built
from tests.program import GENERATOR, must, tree_of
from tests.program import build as build_in_process

HEAVY = ("jinja2", "markdown_it", "msgspec", "yaml", "bragfolio.app.build")


@pytest.fixture
def built(portfolio):
    """A portfolio, built once."""
    portfolio.entry(achievement(body="Before.\n"))
    assert_built(build(portfolio))
    return portfolio


def build(portfolio, *words):
    return portfolio.build("--no-pdf", *words)


def state_of(portfolio):
    """Return the file that remembers the build for the public."""
    (file,) = (portfolio.root / ".brag/cache/builds").iterdir()
    return file


def test_nothing_heavy_is_imported_when_nothing_changed(built):
    words = ("-C", str(built.root), "--as-of", "2026-08-15", "build", "--no-pdf")
    must(build_in_process(built.root, "--no-pdf"))
    script = (
        "import sys; from bragfolio.cli.main import run; code = run(sys.argv[1:]);"
        f"print([name for name in {HEAVY} if name in sys.modules]); sys.exit(code)"
    )
    said = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(GENERATOR)}).stdout  # fmt: skip
    assert ": 0 files new or changed, " in said
    assert said.splitlines()[-1] == "[]"


def test_warnings_are_said_again(built):
    built.entry(achievement(body="<b>bold</b>\n"))
    first = build(built)
    assert [problem.code for problem in first.problems] == ["raw-html"] * 2
    again = build(built)
    assert again.problems == first.problems
    assert again.text.splitlines()[-2:] == first.text.splitlines()[-2:]
    assert build(built, "--strict").code == 1


def test_b19_the_same_size_and_time_hide_no_change(built):
    file = built.root / "site_content/achievements/x.md"
    before = file.stat()
    built.entry(achievement(body="After!.\n"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert_built(build(built))
    assert "After!." in built.page()


@pytest.mark.parametrize("ahead_s", [-(10**6), 0, 10**6])
def test_b19_a_time_in_the_past_or_the_future_hides_no_change(built, ahead_s):
    file = built.root / "site_content/achievements/x.md"
    time_ns = file.stat().st_mtime_ns + ahead_s * 10**9
    for words in ("First.", "Second", "Third."):
        built.entry(achievement(body=f"{words}\n"))
        os.utime(file, ns=(time_ns, time_ns))
        assert_built(build(built))
        assert words in built.page()


def test_another_day_is_another_build(built):
    built.entry(achievement("publish_date: 2026-08-16"))
    assert "Held back: 1 until 2026-08-16" in build(built).text
    assert "Held back" in build(built).text
    assert "Held back" not in built.brag("--as-of", "2026-08-16", "build", "--no-pdf").text
    assert "Held back" in build(built).text


@pytest.mark.parametrize(
    "damage", [lambda data: data[:40], lambda _: b"", lambda data: data[:-2] + b"]}", lambda data: data * 2]
)
@pytest.mark.parametrize("what", ["builds", "read", "rendered"])
def test_a_damaged_cache_changes_nothing(built, what, damage):
    before = tree_of(built.root / "output")
    for file in (built.root / ".brag/cache" / what).iterdir():
        file.write_bytes(damage(file.read_bytes()))
    if what != "builds":
        shutil.rmtree(built.root / ".brag/cache/builds")
    assert_built(build(built))
    assert tree_of(built.root / "output") == before


def test_a_cache_from_elsewhere_is_not_believed(built, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "copy"
    shutil.copytree(built.root, other)
    folder = other / ".brag/cache/read"
    poisoned = folder / "bodies"
    data = poisoned.read_bytes()[32:].replace(b"Before", b"Poison")
    poisoned.write_bytes(hashlib.sha256(data).digest() + data)
    must(build_in_process(other, "--no-pdf"))
    assert b"Poison" not in (other / "output/achievements/x.html").read_bytes()


def test_two_audiences_in_turns_have_their_own(built):
    built.entry("---\ntitle: Only mine\ndate: 2026-07-01\n---\n", "achievements/mine.md")
    for _ in range(2):
        assert_built(build(built))
        assert_built(build(built, "--audience", "self"))
        assert "achievements/mine.html" not in built.built()
        assert "achievements/mine.html" in built.built(".brag/builds/self")


def test_a_spoilt_output_is_mended(built):
    page = built.root / "output/index.html"
    before = page.read_bytes()
    status = page.stat()
    page.write_bytes(before.swapcase())
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    shutil.rmtree(built.root / ".brag/cache/builds")
    assert_built(build(built))
    assert page.read_bytes() == before
    page.unlink()
    assert_built(build(built))
    assert page.read_bytes() == before


@pytest.mark.parametrize("changed", ["x.md", "y.md"])
def test_a_page_that_somebody_touched_is_mended_by_the_build_after_an_edit(built, changed):
    built.entry(achievement(body="Other.\n"), "achievements/y.md")
    assert_built(build(built))
    before = built.page()
    file = built.root / "output/achievements/x.html"
    file.write_bytes(file.read_bytes().replace(b"Before.", b"Beware."))
    built.entry(achievement(body="Later.\n"), f"achievements/{changed}")
    assert_built(build(built))
    assert built.page() == before or (changed == "x.md" and "Later." in built.page())
    assert "Beware." not in built.page()


def test_what_git_stages_is_looked_at_again(built):
    subprocess.run(["git", "init", "-q", str(built.root)], check=True)
    built.entry("---\ntitle: Mine\ndate: 2026-07-01\n---\n", "achievements/mine.md")
    site = (built.root / "site_content/site.yaml").read_text()
    built.entry(site + "repository: public\n", "site.yaml")
    assert_built(build(built))
    subprocess.run(["git", "-C", str(built.root), "add", "site_content/achievements/mine.md"], check=True)
    assert [problem.code for problem in build(built).problems] == ["tracked"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_what_is_remembered_is_for_its_owner_alone(built):
    for folder in (built.root / ".brag/cache").iterdir():
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def test_pages_set_by_typst_are_remembered_and_are_those_of_a_build_from_nothing(portfolio, tmp_path_factory):
    portfolio.entry(achievement(body="Before.\n"))
    assert_built(portfolio.build())
    first = {path: data for path, data in portfolio.built().items() if path.endswith((".pdf", ".png"))}
    assert any(path.endswith(".pdf") for path in first)
    kept = {file.name for file in (portfolio.root / ".brag/cache/paper").iterdir()}
    portfolio.entry("---\ntitle: A note\nvisibility: public\n---\nNothing for paper.\n", "pages/note.md")
    assert_built(portfolio.build())
    assert {path: data for path, data in portfolio.built().items() if path in first} == first
    fresh = tmp_path_factory.mktemp("fresh")
    shutil.copytree(portfolio.root / "site_content", fresh / "site_content")
    must(build_in_process(fresh))
    assert tree_of(fresh / "output") == tree_of(portfolio.root / "output")
    portfolio.entry(achievement("summary: Another one.", body="After.\n"))
    assert_built(portfolio.build())
    assert kept < {file.name for file in (portfolio.root / ".brag/cache/paper").iterdir()}


def test_a_server_believes_its_own_tree_and_not_what_is_remembered_of_another(built):
    memory, output = Memory(), built.root / ".brag/serve/1/public"
    output.parent.mkdir(parents=True)
    entry = "---\ntitle: One\ndate: 2026-07-01\nvisibility: public\n---\n{}\n"

    def build_own(body):
        built.entry(entry.format(body), "achievements/one.md")
        assert run_build(BuildRequest(built.root, output=output, with_pdf=False, memory=memory)).published
        return (output / "achievements/one.html").read_text()

    assert "First." in build_own("First.")
    cache = built.root / ".brag/cache/rendered"
    kept = {path: path.read_bytes() for path in cache.iterdir()}
    assert "Second." in build_own("Second.")
    for path, data in kept.items():
        path.write_bytes(data)  # as on a disk that had no room for it
    assert "First." in build_own("First.")


def test_folders_without_end_are_refused_and_not_walked_to_it(built):
    first = built.root / "site_content/achievements/d"
    subprocess.run(["mkdir", "-p", "/".join([str(first), *"d" * 1100])], check=True)
    answer = build(built)
    subprocess.run(["rm", "-r", str(first)], check=True)  # deeper than Python's own way to remove folders comes
    assert (answer.code, [problem.code for problem in answer.problems]) == (1, ["file-kind"]), answer.text
