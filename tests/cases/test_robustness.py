"""Robustness of the build: cases B01 to B15, B17 and B18, goals R4, R5, R8 and R13, on the program as its users start it."""

import contextlib
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from bragfolio.edge.publish import _exchange
from tests.benchmarks.entries import write_for_brag
from tests.portfolios import AS_OF, Portfolio
from tests.program import (
    IS_PROOF,
    brag,
    build,
    finish,
    leftovers,
    mounted,
    must,
    start_brag,
    start_build,
    tree_of,
    wait_until,
    without_network,
    without_rights,
    write_many,
)
from tests.tools.system import Memory, memory_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals, rights and mounts are Unix's")

ENTRIES = 160
"""From 150 on, several processes read and render."""
MANY = 800
"""Enough to write for a tenth of a second and more, so that a moment in it can be met from outside."""
BROKEN = "---\ntitle: Deed\nvisibilty: public\n---\n"


@pytest.fixture
def small(tmp_path):
    """A portfolio of a few entries."""
    return write_many(Portfolio(tmp_path / "small"), 6)


@pytest.fixture(scope="module")
def _changed(tmp_path_factory):
    """A portfolio of a few entries with an old site and new words, and the trees before and after."""
    portfolio = write_many(Portfolio(tmp_path_factory.mktemp("changed") / "changed"), 6)
    must(build(portfolio.root))
    write_many(portfolio, 6, "after")
    must(build(portfolio.root, "--output", "../after"))
    return portfolio.root, tree_of(portfolio.root / "output"), tree_of(portfolio.root.parent / "after")


@pytest.fixture
def changed(_changed, tmp_path):
    """A copy of that portfolio, and both trees."""
    root, old, new = _changed
    return write_many(Portfolio(shutil.copytree(root, tmp_path / "changed")), 6, "after"), old, new


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A large portfolio with an old site and new words."""
    portfolio = write_many(Portfolio(tmp_path_factory.mktemp("many") / "many"), MANY)
    must(build(portfolio.root))
    return write_many(portfolio, MANY, "after")


@pytest.fixture(scope="module")
def _wide(tmp_path_factory):
    """A portfolio that is built by several processes, in two states, and what each of them builds."""
    portfolio = write_many(Portfolio(tmp_path_factory.mktemp("wide") / "wide"), ENTRIES, "after")
    must(build(portfolio.root, "--output", "../after"))
    write_many(portfolio, ENTRIES, "before")
    must(build(portfolio.root, "--output", "../before"))
    return portfolio, tree_of(portfolio.root.parent / "before"), tree_of(portfolio.root.parent / "after")


@pytest.fixture
def wide(_wide, tmp_path):
    """A copy of that portfolio with the old site in output/ and the new words in its files; both trees."""
    portfolio, old, new = _wide
    shutil.copytree(portfolio.root.parent / "before", tmp_path / "wide" / "output")
    return write_many(Portfolio(tmp_path / "wide"), ENTRIES, "after"), old, new


def is_staging(root, process):
    """Tell whether *process* writes a new tree."""
    return (root / f".output.brag-new-{process.pid}").exists()


def is_reading(root, process):
    """Tell whether *process* holds the lock."""
    return any(path.read_text().strip() == str(process.pid) for path in (root / ".brag").glob("*.pid"))


def wait_for(stage, root, process):
    """Wait until *process* has come to a stage, or to its end."""
    wait_until(lambda: stage(root, process) or process.poll() is not None)


def measure_writing(root):
    """Return the seconds from a build's first file to its last step."""
    process = start_build(root)
    wait_for(is_staging, root, process)
    started = time.monotonic()
    wait_until(lambda: not is_staging(root, process))
    span_s = time.monotonic() - started
    must(finish(process))
    return span_s


def write_variant(portfolio, tree, old):
    """Write the words that the built *tree* does not have."""
    write_many(portfolio, ENTRIES, "after" if tree == old else "before")


# --- one broken entry, kills, signals, faults ------------------------------------------------------------------------


def test_b01_one_broken_entry_leaves_the_old_site_as_it_was(small):
    must(build(small.root))
    before = tree_of(small.root / "output")
    small.entry(BROKEN, "achievements/broken.md")
    answer = build(small.root)
    assert answer.code == 1
    assert answer.problems[0].place.startswith("site_content/achievements/broken.md:")
    assert "Nothing was published: 1 error. The site is as it was." in answer.err
    assert tree_of(small.root / "output") == before
    assert leftovers(small.root) == []


def test_b02_kill_9_leaves_the_old_tree_or_the_new_one(wide):
    portfolio, old, new = wide
    chance = random.Random(2)
    root, live = portfolio.root, new
    longest_s = 1.6 * measure_writing(root)  # more than one in three comes too late
    ends = {"as before": 0, "replaced": 0}
    for _ in range(200 if IS_PROOF else 8):
        write_variant(portfolio, live, old)
        process = start_build(root)
        wait_for(is_staging, root, process)
        time.sleep(chance.uniform(0, longest_s))
        process.kill()
        finish(process)
        tree = tree_of(root / "output")
        assert tree in (old, new)
        ends["as before" if tree == live else "replaced"] += 1
        longest_s *= 1.3 if tree == live else 0.8  # a busy machine is not always as fast as it was
        live = tree
    assert min(ends.values()) > 0, ends
    write_many(portfolio, ENTRIES, "after")
    must(build(root))
    assert tree_of(root / "output") == new
    assert leftovers(root) == []


@pytest.mark.parametrize("place", ["_exchange", "_remove", "Stage.publish", "recover"])
def test_b02_kill_9_at_a_turning_point(changed, place):
    portfolio, old, new = changed
    root = portfolio.root
    answer = build(root, fault=f"SIGKILL=bragfolio.edge.publish:{place}")
    assert answer.code == -signal.SIGKILL
    assert tree_of(root / "output") == (new if place == "_remove" else old)
    portfolio.entry(BROKEN)
    assert build(root).code == 1
    assert leftovers(root) == [], "the next build sweeps, even when it cannot publish"


def test_b02_without_exchange_a_build_killed_between_two_renames_is_undone_by_the_next(changed):
    portfolio, old, new = changed
    root = portfolio.root
    assert build(root, fault="no-exchange SIGKILL=pathlib:Path.rename@2").code == -signal.SIGKILL
    assert not (root / "output").exists()
    portfolio.entry(BROKEN)
    assert build(root).code == 1
    assert tree_of(root / "output") == old
    assert leftovers(root) == []
    (root / "site_content/achievements/x.md").unlink()
    must(build(root, fault="no-exchange"))
    assert tree_of(root / "output") == new
    assert leftovers(root) == []


def test_b02_a_killed_helper_ends_the_build_and_not_the_site(wide):
    portfolio, old, _ = wide
    answer = build(portfolio.root, fault="forked SIGKILL=bragfolio.core.render.engine:Engine.render")
    assert (answer.code, answer.codes) == (3, ["engine"])
    assert tree_of(portfolio.root / "output") == old
    assert leftovers(portfolio.root) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_b03_an_interrupted_build_leaves_nothing(many, number):
    root = many.root
    old = tree_of(root / "output")
    chance = random.Random(3)
    moments = [(is_reading, False), (is_staging, False), (is_staging, True)] * (20 if IS_PROOF else 1)
    for has_begun, to_all in moments:
        process = start_build(root)
        wait_for(has_begun, root, process)
        time.sleep(chance.uniform(0, 0.05))
        if to_all:  # as Ctrl-C in a terminal does
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        answer = finish(process)
        assert (answer.code, answer.err) == (128 + number, "")
        assert leftovers(root) == []
        assert tree_of(root / "output") == old


@pytest.mark.parametrize(
    "place",
    ["lock:build_lock", "tree:read_tree", "publish:Stage.open", "publish:Stage.write", "publish:_exchange",
     "publish:_remove"],
)  # fmt: skip
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_b03_an_interruption_at_a_turning_point(changed, place, number):
    portfolio, old, new = changed
    answer = build(portfolio.root, fault=f"{number.name}=bragfolio.edge.{place}")
    assert (answer.code, answer.err) == (128 + number, "")
    assert tree_of(portfolio.root / "output") == (new if place == "publish:_remove" else old)
    assert leftovers(portfolio.root) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_b03_an_interruption_that_python_drops_comes_again(changed, number):
    portfolio, old, _ = changed
    in_a_callback = "importlib._bootstrap:_get_module_lock.<locals>.cb@200"
    answer = build(portfolio.root, fault=f"{number.name}={in_a_callback}")
    assert (answer.code, answer.err) == (128 + number, "")
    assert tree_of(portfolio.root / "output") == old
    assert leftovers(portfolio.root) == []


def test_b03_without_exchange_an_interruption_waits_for_both_renames(changed):
    portfolio, _, new = changed
    answer = build(portfolio.root, fault="no-exchange SIGTERM=pathlib:Path.rename@2")
    assert (answer.code, answer.err) == (128 + signal.SIGTERM, "")
    assert tree_of(portfolio.root / "output") == new
    assert leftovers(portfolio.root) == []


def test_b04_a_bug_anywhere_leaves_the_old_tree(changed):
    portfolio, old, new = changed
    root = portfolio.root
    log = root.parent / "functions"
    shutil.copytree(root / "output", root.parent / "after")
    shutil.rmtree(root / ".brag/cache", ignore_errors=True)  # what is remembered is not done again
    must(build(root, "--output", "../after", fault=f"record={log}"))
    functions = log.read_text().split()
    functions = functions[functions.index("bragfolio.edge.signals:catch_termination") :]  # the first of `cli.main.run`
    # What fails within a call to Typst is taken for the design's own failure, as its errors have no type of their own.
    functions = [name for name in functions if not (name.startswith("bragfolio.edge.typesetter:") and "lambda" in name)]
    assert len(functions) > 150
    assert {name.split(".")[1] for name in functions} == {"core", "app", "edge"}
    step = 1 if IS_PROOF else len(functions) // 15
    sample = {*functions[step // 2 :: step], "bragfolio.edge.publish:_exchange"}
    assert len(sample) > 14
    after = functions[functions.index("bragfolio.edge.publish:_exchange") + 1 :]
    # What the build remembers of files that it read is unchanged here; what it remembers of those that it made comes last.
    remembering = {
        "bragfolio.edge.cache:keep",
        "bragfolio.edge.files:write_files_atomically",
        "bragfolio.edge.files:_rename_all",
    }
    at_the_end = {"bragfolio.edge.signals:uninterrupted", *remembering, *after}

    for name in sorted(sample, key=lambda name: name in at_the_end):
        shutil.rmtree(root / ".brag/cache", ignore_errors=True)
        answer = build(root, fault=f"raise={name}")
        if "the template cannot be filled" in answer.err:  # what fails while it is filled is taken for its own
            assert (answer.code, answer.codes, f"a fault in {name}" in answer.err) == (1, ["theme"], True), (
                name,
                answer,
            )
        else:
            assert answer.code == 70, (name, answer)
            assert f"RuntimeError: a fault in {name}" in answer.err
            assert "This is a bug in Brag, not in your portfolio." in answer.err
        assert tree_of(root / "output") in ((old, new) if name in at_the_end else (old,)), name
        assert leftovers(root) == [] or name in at_the_end, name
    must(build(root))
    assert tree_of(root / "output") == new
    assert leftovers(root) == []


def test_b04_a_bug_in_a_helping_process_is_a_bug(wide):
    portfolio, old, _ = wide
    answer = build(portfolio.root, fault="forked raise=bragfolio.edge.publish:Stage.write")
    assert answer.code == 70
    assert "RuntimeError: a fault in bragfolio.edge.publish:Stage.write" in answer.err
    assert tree_of(portfolio.root / "output") == old
    assert leftovers(portfolio.root) == []


# --- the disk, rights, locks -----------------------------------------------------------------------------------------


def test_b05_a_full_disk_is_said_and_changes_nothing(small, tmp_path):
    with mounted(tmp_path / "disk", "size=256k") as disk:
        must(build(small.root, "--output", str(disk / "site")))
        old = tree_of(disk / "site")
        assert old
        write_many(small, 90, "after")
        answer = build(small.root, "--output", str(disk / "site"))
        assert (answer.code, answer.codes) == (3, ["disk"])
        assert answer.problems[0].place.startswith(str(disk))
        assert answer.problems[0].message == "the disk is full"
        assert tree_of(disk / "site") == old
        assert [path.name for path in disk.iterdir()] == ["site"]


def test_b05_a_full_disk_below_the_portfolio_itself(small, tmp_path):
    with mounted(tmp_path / "disk", "size=512k") as disk:
        shutil.copytree(small.root, disk, dirs_exist_ok=True)
        must(build(disk))
        old = tree_of(disk / "output")
        with contextlib.suppress(OSError), (disk / "ballast").open("wb", buffering=0) as ballast:
            while True:
                ballast.write(bytes(4096))
        write_many(small, 6, "after")
        for command in (("build",), ("add", "Filled the disk")):
            answer = brag(disk, *command)
            assert (answer.code, answer.codes) == (3, ["disk"]), answer
            assert "Traceback" not in answer.err
        assert tree_of(disk / "output") == old
        assert leftovers(disk) == []
        assert not list(disk.rglob("*brag-new"))


def test_b05_an_output_that_takes_no_more_text_is_the_machines_fault(small):
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "bragfolio", "list"]
        answer = subprocess.run(
            command, cwd=small.root, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env={**os.environ, "NO_COLOR": "1"},
        )  # fmt: skip
    assert answer.returncode == 3
    assert answer.stderr.startswith("standard output: error[disk]: the disk is full\n")


@pytest.mark.parametrize("locked", ["output", ".", ".brag"])
def test_b06_a_folder_that_may_not_be_written_is_named(small, locked):
    before = without_rights()
    must(build(small.root))
    old = tree_of(small.root / "output")
    write_many(small, 6, "after")
    folder = small.root / locked
    folder.chmod(0o500)
    try:
        answer = build(small.root, before=before)
    finally:
        folder.chmod(0o700)
    assert (answer.code, answer.codes) == (3, ["permission"]), answer
    assert str(folder.resolve()) in answer.problems[0].place
    assert tree_of(small.root / "output") == old
    assert leftovers(small.root) == []


def test_b06_a_read_only_folder_inside_the_output_does_not_stop_a_build(small):
    before = without_rights()
    must(build(small.root))
    write_many(small, 6, "after")
    (small.root / "output" / "achievements").chmod(0o500)
    must(build(small.root, before=before))
    assert leftovers(small.root) == []
    must(build(small.root, "--output", "../after"))
    assert tree_of(small.root / "output") == tree_of(small.root.parent / "after")


def test_b06_the_rights_of_the_output_folder_are_kept(small):
    must(build(small.root))
    (small.root / "output").chmod(0o750)
    write_many(small, 6, "after")
    must(build(small.root))
    assert stat.S_IMODE((small.root / "output").stat().st_mode) == 0o750


def test_b06_a_read_only_disk_is_named(small, tmp_path):
    with mounted(tmp_path / "disk", "rw") as disk:
        must(build(small.root, "--output", str(disk / "site")))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        write_many(small, 6, "after")
        answer = build(small.root, "--output", str(disk / "site"))
        assert (answer.code, answer.codes) == (3, ["permission"])
        assert str(disk) in answer.problems[0].place


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("achievements/deed-3.md", 1),
        ("achievements", 1),
        ("site.yaml", 1),
        ("static/photo.png", 1),
        (".", 1),
    ],
)
def test_b07_what_cannot_be_read_is_named(small, path, code):
    before = without_rights()
    must(build(small.root))
    old = tree_of(small.root / "output")
    small.entry(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "static/photo.png")
    locked = small.root / "site_content" / path
    locked.chmod(0)
    try:
        answers = [brag(small.root, command, before=before) for command in ("build", "check", "list")]
    finally:
        locked.chmod(0o700)
    built, checked, listed = answers
    assert (built.code, checked.code) == (code, code), answers
    assert listed.code == (0 if "static" in path else code), listed
    for answer in (built, checked):
        assert "permission" in answer.codes, answer
        assert any(path.rstrip(".") in said.place for said in answer.problems if said.code == "permission")
    assert "Traceback" not in "".join(answer.err for answer in answers)
    assert tree_of(small.root / "output") == old


@pytest.mark.parametrize("round_", range(20 if IS_PROOF else 1))
def test_b08_eight_builds_at_once_wait_for_each_other(wide, round_):
    portfolio, _, new = wide
    processes = [start_build(portfolio.root) for _ in range(8)]
    answers = [finish(process, timeout_s=120) for process in processes]
    assert [answer.code for answer in answers] == [0] * 8, (round_, answers)
    assert tree_of(portfolio.root / "output") == new
    assert leftovers(portfolio.root) == []


def test_b08_the_second_build_names_the_first_when_it_takes_too_long(small):
    first = start_build(small.root, fault="SIGSTOP=bragfolio.edge.tree:read_tree")
    try:
        os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)
        second = build(small.root, fault="impatient")
    finally:
        first.send_signal(signal.SIGCONT)
        must(finish(first))
    assert (second.code, second.codes) == (3, ["lock"])
    assert f"(process {first.pid})" in second.problems[0].message


def test_b09_the_lock_of_a_dead_process_is_taken_over_at_once(small):
    killed = build(small.root, fault="SIGKILL=bragfolio.edge.publish:Stage.write")
    assert killed.code == -signal.SIGKILL
    assert [name for name in leftovers(small.root) if name.endswith(".pid")]
    assert list((small.root / ".brag").glob("*.lock"))
    started = time.monotonic()
    must(build(small.root, fault="impatient"))
    assert time.monotonic() - started < 5
    assert leftovers(small.root) == []


# --- where it writes -------------------------------------------------------------------------------------------------


def make_dangers(base):
    """Make a portfolio and things that a build must not touch; return the portfolio and the outputs to refuse."""
    portfolio = write_many(Portfolio(base / "home" / "work" / "mine"), 3)
    root = portfolio.root
    must(build(root))
    must(build(root, "--audience", "self"))
    portfolio.write({"themes/own/theme.toml": 'name = "own"\n', ".git/config": "[core]\n", "notes.txt": "mine"})
    other = Portfolio(base / "other" / "theirs")
    other.write({"photos/a.jpg": "a", "repository/.git/config": "[core]\n", "file.txt": "x",
                 "ignored/.gitignore": "*.log\n"})  # fmt: skip
    (base / "link").symlink_to(other.root / "photos")
    return portfolio, {
        "the root of the disk": "/",
        "the home": str(base / "home"),
        "the portfolio": ".",
        "the folder around it": "..",
        "two folders up, by another way": "site_content/../../..",
        "its content": "site_content",
        "a new folder in its content": "site_content/achievements/out",
        "its themes": "themes/out",
        "its repository": ".git/out",
        "what Brag keeps": ".brag",
        "a folder of what Brag keeps": ".brag/schemas",
        "a foreign folder": str(other.root / "photos"),
        "a link to a foreign folder": str(base / "link"),
        "a foreign portfolio": str(other.root),
        "a foreign repository": str(other.root / "repository"),
        "a file": str(other.root / "file.txt"),
        "a foreign .gitignore": str(other.root / "ignored"),
        "a folder in a built site": "output/inner",
        "the public site, for an audience": "output",
        "a folder in it, for an audience": "output/secret",
    }


def test_b10_every_dangerous_output_is_refused_and_nothing_is_touched(tmp_path, monkeypatch):
    portfolio, targets = make_dangers(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert len(targets) >= 12
    before = tree_of(tmp_path)
    folders = sorted(path for path in tmp_path.rglob("*") if path.is_dir())
    for name, target in targets.items():
        audience = ("--audience", "self") if "for an audience" in name else ()
        outcome = portfolio.build("--output", target, *audience)
        assert (outcome.code, bool(outcome.said("output-folder").hint)) == (1, True), (name, outcome)
        assert tree_of(tmp_path) == before, name
    assert sorted(path for path in tmp_path.rglob("*") if path.is_dir()) == folders


def test_b10_content_that_is_a_link_is_guarded_where_it_leads(tmp_path):
    root = write_many(Portfolio(tmp_path / "mine"), 3).root
    (root / "site_content").rename(tmp_path / "notes")
    (root / "site_content").symlink_to(tmp_path / "notes")
    before = tree_of(tmp_path)
    answer = build(root, "--output", str(tmp_path / "notes" / "out"))
    assert (answer.code, answer.codes) == (1, ["output-folder"])
    assert tree_of(tmp_path) == before


def test_b11_an_output_that_is_a_link_stays_one(small, tmp_path):
    (tmp_path / "site").mkdir()
    (small.root / "output").symlink_to(tmp_path / "site")
    must(build(small.root))
    first = tree_of(tmp_path / "site")
    write_many(small, 6, "after")
    must(build(small.root))
    assert (small.root / "output").is_symlink()
    assert tree_of(tmp_path / "site") not in ({}, first)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "small"]


def test_b11_an_output_on_another_file_system_is_exchanged_too(small):
    shared = Path("/dev/shm")
    if not shared.is_dir() or shared.stat().st_dev == small.root.stat().st_dev:
        pytest.skip("there is no second file system here")
    must(build(small.root))
    with tempfile.TemporaryDirectory(dir=shared) as other:
        for words in ("after", "before"):
            write_many(small, 6, words)
            must(build(small.root, "--output", f"{other}/site"))
        assert tree_of(Path(other, "site")) == tree_of(small.root / "output")
        assert [path.name for path in Path(other).iterdir()] == ["site"]


def test_b11_an_output_that_is_a_mount_point_cannot_be_exchanged_and_is_said(small):
    with mounted(small.root / "output") as disk:
        answer = build(small.root)
        assert (answer.code, answer.codes) == (3, ["disk"])
        assert "mount point" in answer.problems[0].message
        assert f"--output {disk / 'site'}" in answer.problems[0].hint
        assert list(disk.iterdir()) == []
        assert leftovers(small.root) == []
        must(build(small.root, "--output", str(disk / "site")))


# --- settings, surroundings ------------------------------------------------------------------------------------------


def test_b12_no_entries_give_a_friendly_site_and_a_hint(tmp_path):
    root = tmp_path / "new"
    must(brag(tmp_path, "init", "new", "--name", "Ada Quill"))
    answer = must(build(root))
    assert "There are no achievements yet. Write the first: brag add" in answer.out
    assert "Ada Quill" in (root / "output" / "index.html").read_text()
    assert answer.problems == []


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        (None, "site_content/site.yaml", "config-missing"),
        ("", "site_content/site.yaml:1:1", "key-missing"),
        ("format: 1\ntitle: [Ada\n", "site_content/site.yaml:2:8", "yaml-syntax"),
        ("format: 1\ntitle: Ada\ntheem: ledger\n", "site_content/site.yaml:3:1", "key-unknown"),
        ("format: 1\ntitle: Ada\ntheme: ledgr\n", "site_content/site.yaml:3:8", "theme"),
        ("format: 9\ntitle: Ada\n", "site_content/site.yaml:1:9", "format"),
        ("- a\n- b\n", "site_content/site.yaml:1:1", "value-type"),
    ],
    ids=["missing", "empty", "invalid", "unknown-key", "unknown-theme", "other-format", "a-list"],
)
def test_b13_a_broken_site_yaml_is_said_with_its_place(small, text, place, code):
    must(build(small.root))
    old = tree_of(small.root / "output")
    site = small.root / "site_content" / "site.yaml"
    site.unlink()
    if text is not None:
        site.write_text(text)
    answer = build(small.root)
    assert answer.code == 1, answer
    assert (place, code) in [(said.place, said.code) for said in answer.problems], answer
    assert tree_of(small.root / "output") == old


def test_b13_no_portfolio_at_all(tmp_path):
    answer = build(tmp_path)
    assert (answer.code, answer.codes) == (1, ["config-missing"])
    assert "brag init" in answer.problems[0].hint
    assert list(tmp_path.iterdir()) == []


def copy_example(repository, target):
    """Copy the example portfolio to *target*, the last file first."""
    source = repository / "site_content"
    for path in sorted((path for path in source.rglob("*") if path.is_file()), reverse=True):
        new = target / "site_content" / path.relative_to(source)
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, new)
    return target


ENVIRONMENTS = {
    "another folder, Tokyo, umask": {"TZ": "Asia/Tokyo"},
    "another disk, files in reverse, Turkish": {
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4711",
    },
    "bytes, one process": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
"""Two ways to differ at once, each of which has to make no difference."""


def test_b14_the_same_bytes_in_every_environment(repository, tmp_path):
    portfolio = tmp_path / "first"
    shutil.copytree(repository / "site_content", portfolio / "site_content")
    must(build(portfolio, env={"PYTHONHASHSEED": "0", "TZ": "UTC"}))
    expected = tree_of(portfolio / "output")
    assert len(expected) > 100
    shared = Path("/dev/shm") if Path("/dev/shm").is_dir() else tmp_path
    with tempfile.TemporaryDirectory(dir=shared) as disk:
        for name, env in ENVIRONMENTS.items():
            root = portfolio
            if name.startswith("another folder"):
                root = shutil.copytree(portfolio / "site_content", tmp_path / "ä b" / "site_content").parent
            if name.startswith("another disk"):
                root = copy_example(repository, Path(disk, "second"))
            for made in ("output", ".brag"):  # with what is remembered nothing would be made anew
                shutil.rmtree(root / made, ignore_errors=True)
            before = ("taskset", "--cpu-list", "0") if "one process" in name and shutil.which("taskset") else ()
            umask = 0o077 if "umask" in name else -1
            must(brag(root, "--as-of", AS_OF, "build", env=env, before=before, umask=umask))
            assert tree_of(root / "output") == expected, name


def test_b14_one_process_and_several_build_the_same(wide):
    portfolio, _, new = wide
    if not shutil.which("taskset"):
        pytest.skip("taskset is missing (util-linux)")
    must(build(portfolio.root, "--clean", before=("taskset", "--cpu-list", "0")))
    assert tree_of(portfolio.root / "output") == new


def test_b14_source_date_epoch_is_the_day_in_the_time_zone_of_the_portfolio(small):
    small.write({"site_content/site.yaml": "format: 1\ntitle: Ada\ntimezone: Pacific/Auckland\n"})
    late = "1786795200"  # noon of 2026-08-15 in UTC, midnight in Auckland
    trees = []
    for zone in ("UTC", "America/Adak"):
        must(brag(small.root, "build", env={"SOURCE_DATE_EPOCH": late, "TZ": zone}))
        trees.append(tree_of(small.root / "output"))
    assert trees[0] == trees[1]
    assert b'"as_of": "2026-08-16"' in trees[0][".brag.json"]


def test_b15_neither_a_network_nor_a_home_is_needed(small):
    cut = without_network()
    must(build(small.root))
    expected = tree_of(small.root / "output")
    shutil.rmtree(small.root / "output")
    must(build(small.root, before=cut, env={"HOME": None, "USER": None, "LOGNAME": None, "XDG_CACHE_HOME": None}))
    assert tree_of(small.root / "output") == expected


def test_b15_a_home_that_is_read_only_or_not_there(small, tmp_path):
    before = without_rights()
    must(build(small.root))
    expected = tree_of(small.root / "output")
    (tmp_path / "home").mkdir(mode=0o500)
    for home in (tmp_path / "home", tmp_path / "nowhere"):
        shutil.rmtree(small.root / "output")
        must(build(small.root, before=before, env={"HOME": str(home)}))
        assert tree_of(small.root / "output") == expected
    assert list((tmp_path / "home").iterdir()) == []


def test_b15_a_user_without_a_home_in_the_system(small):
    must(build(small.root, fault="raise=pathlib:Path.home"))


def test_b18_a_hundred_errors_are_listed_in_order_and_the_rest_is_counted(small):
    for number in range(130):
        small.entry(BROKEN, f"achievements/broken-{number:03}.md")
    answer = build(small.root)
    places = [said.place for said in answer.problems]
    assert answer.code == 1
    assert len(places) == 100
    assert places == sorted(places)
    assert places[0].startswith("site_content/achievements/broken-000.md:")
    assert "... and 30 more; -v shows them all" in answer.err
    assert "Nothing was published: 130 errors." in answer.err
    assert len(brag(small.root, "build", "-v").problems) == 130


# --- readers, and what a build leaves alone --------------------------------------------------------------------------


def test_r4_a_reader_misses_no_file_while_trees_are_exchanged(changed):
    portfolio, old, new = changed
    root = portfolio.root
    twins = [root.parent / "one", root.parent / "other"]
    for twin in twins:
        twin.mkdir()
    if not _exchange(*twins):
        pytest.skip("this system cannot exchange two folders in one step")
    both = sorted(set(old) & set(new))
    done = threading.Event()
    found = {"reads": 0, "missed": 0, "strange": 0}

    def read():
        while not done.is_set():
            for name in both:
                try:
                    data = (root / "output" / name).read_bytes()
                except OSError:
                    found["missed"] += 1
                else:
                    found["strange"] += data not in (old[name], new[name])
                found["reads"] += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(40 if IS_PROOF else 10):
            write_many(portfolio, 6, "before" if turn % 2 else "after")
            must(build(root))
    finally:
        done.set()
        reader.join()
    assert (found["missed"], found["strange"]) == (0, 0), found
    assert found["reads"] >= (20_000 if IS_PROOF else 2_000), found


@pytest.mark.parametrize("fault", ["", "no-exchange"])
def test_pages_of_deleted_and_hidden_entries_go(small, fault):
    must(build(small.root, fault=fault))
    output = small.root / "output"
    assert (output / "achievements/deed-1.html").exists()
    (small.root / "site_content/achievements/deed-1.md").unlink()
    hidden = small.root / "site_content/achievements/deed-2.md"
    hidden.write_text(hidden.read_text().replace("visibility: public", "visibility: private"))
    answer = must(build(small.root, fault=fault))
    assert "4 gone" in answer.out
    tree = tree_of(output)
    assert not {"achievements/deed-1.html", "achievements/deed-2.html"} & set(tree)
    assert not re.search(rb"Deed [12]\b", b"".join(tree.values()))
    assert leftovers(small.root) == []


@pytest.mark.parametrize("fault", ["", "no-exchange"])
def test_foreign_files_in_the_output_are_kept_and_named(small, fault):
    must(build(small.root))
    output = small.root / "output"
    for name in ("CNAME", "achievements/notes.txt", "own/deep/\x1b[31mred.txt"):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text("mine")
    (output / "link").symlink_to("/nowhere")
    (output / "folder").symlink_to(small.root)
    inode = (output / "CNAME").stat().st_ino
    write_many(small, 6, "after")
    answer = must(build(small.root, fault=fault))
    for name in ("CNAME", "achievements/notes.txt", r"own/deep/\x1b[31mred.txt", "link", "folder"):
        assert f"Kept {name}, which Brag did not write." in answer.out
    assert (output / "achievements/notes.txt").read_text() == "mine"
    assert (output / "CNAME").stat().st_ino == inode
    assert (output / "link").readlink() == Path("/nowhere")
    assert (output / "folder").readlink() == small.root
    again = must(build(small.root, fault=fault))
    assert "Kept CNAME" in again.out


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [("note.txt", "note.txt"), ("note.txt", "note.txt/inner.txt"), ("note.txt/inner.txt", "note.txt")],
    ids=["a-file", "a-file-where-a-folder-goes", "a-folder-where-a-file-goes"],
)
def test_a_foreign_file_in_the_way_is_refused(small, foreign, ours):
    must(build(small.root))
    path = small.root / "output" / foreign
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    before = tree_of(small.root / "output")
    small.entry("ours", f"static/{ours}")
    answer = build(small.root)
    assert (answer.code, answer.codes) == (1, ["output-folder"]), answer
    assert foreign in answer.problems[0].message
    assert tree_of(small.root / "output") == before
    assert leftovers(small.root) == []


def test_only_what_changed_is_written(small):
    must(build(small.root))
    output = small.root / "output"
    inodes = {path: path.stat().st_ino for path in output.rglob("*") if path.is_file()}
    bytes_before = tree_of(output)
    entry = small.root / "site_content/achievements/deed-1.md"
    entry.write_text(entry.read_text() + "\nNew words, further down.\n")
    must(build(small.root))
    after = tree_of(output)
    same = {path for path in inodes if path.exists() and path.stat().st_ino == inodes[path]}
    unchanged = {output / name for name, data in bytes_before.items() if after.get(name) == data}
    assert same == unchanged
    assert output / "achievements/deed-1.html" not in same
    assert output / "achievements/deed-2.html" in same


def test_clean_writes_every_page_anew_with_the_same_bytes(small):
    must(build(small.root))
    before, page = tree_of(small.root / "output"), small.root / "output" / "index.html"
    inode = page.stat().st_ino
    must(build(small.root, "--clean"))
    assert tree_of(small.root / "output") == before
    assert page.stat().st_ino != inode


def test_building_twice_changes_nothing(small):
    must(build(small.root))
    before = tree_of(small.root / "output")
    answer = must(build(small.root))
    assert re.search(r": 0 files new or changed, \d+ as before, 0 gone\.", answer.out)
    assert tree_of(small.root / "output") == before


def test_the_output_is_ignored_by_git_but_for_its_gitignore(small):
    must(build(small.root))
    must(build(small.root, "--audience", "self"))
    for folder in (small.root / "output", small.root / ".brag" / "builds" / "self"):
        assert (folder / ".gitignore").read_text() == "*\n!.gitignore\n"


def test_a_half_made_tree_is_ignored_by_git_too(small):
    build(small.root, "--audience", "self", "--output", "mine", fault="SIGKILL=bragfolio.edge.publish:Stage.publish")
    (half,) = small.root.glob(".mine.brag-new-*")
    assert (half / ".gitignore").read_text() == "*\n!.gitignore\n"


def test_a_build_writes_nothing_outside_the_output_and_brags_own_folder(small, tmp_path):
    places = {"HOME": "home", "TMPDIR": "tmp", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config"}
    for name in places.values():
        (tmp_path / name).mkdir()

    def list_files():
        return {
            path: (path.lstat().st_mtime_ns, path.lstat().st_size)
            for path in tmp_path.rglob("*")
            if not path.is_relative_to(small.root / "output") and not path.is_relative_to(small.root / ".brag")
            and path != small.root  # whose own time changes as output/ is exchanged
        }  # fmt: skip

    before = list_files()
    for words in ((), ("--audience", "self", "--drafts"), ("--clean",)):
        must(build(small.root, *words, env={name: str(tmp_path / folder) for name, folder in places.items()}))
    assert list_files() == before
    assert stat.S_IMODE((small.root / ".brag").stat().st_mode) == 0o700


# --- size ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "files", "largest_mb", "all_mb"),
    [
        (1_000, 32, 100, 100),
        pytest.param(
            10_000, 64, 250, 250, marks=pytest.mark.skipif(not IS_PROOF, reason="takes half a minute: make proof")
        ),
    ],
)
def test_b17_a_large_portfolio_needs_little_memory_and_few_open_files(tmp_path, entries, files, largest_mb, all_mb):
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("there is no /proc to read memory from")
    write_for_brag(tmp_path, entries)
    limited = ("sh", "-c", f'ulimit -n {files} && exec "$@"', "sh")
    for job in ("cold", "edit"):
        process = start_brag(tmp_path, "--as-of", "2026-11-20", "build", "--no-pdf", before=limited)
        most = Memory()
        while process.poll() is None:
            most = most.most(memory_of(process.pid))
            time.sleep(0.02)
        must(finish(process))
        assert 0 < most.largest_mb <= largest_mb, job
        assert 0 < most.all_mb <= all_mb, job
        entry = max((tmp_path / "site_content/achievements").iterdir())
        entry.write_text(f"{entry.read_text()}\nMore.\n")
    assert len(list((tmp_path / "output/achievements").glob("*.html"))) > entries
