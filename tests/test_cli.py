"""The command line, as its users meet it: words, exit codes, what it prints, and the way of somebody new."""

import json
import os
import signal
import subprocess
import sys

import jsonschema
import pytest
import yaml

from bragfolio.app.schema import MODELS
from bragfolio.cli.main import COMMANDS
from bragfolio.core.read.portfolio import entry_key
from bragfolio.model.kinds import LIST_KINDS
from bragfolio.problems import CODES
from tests.portfolios import AS_OF, Portfolio, achievement, run_brag
from tests.program import brag, build, must, start_brag, tree_of, without_rights

LINE = "Cut checkout p99 by 63 %"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63506838f01f00"
    "048402608a409ecd0000000049454e44ae426082"
)
"""A picture of one pixel."""


@pytest.fixture
def mine(tmp_path):
    """A portfolio with one public achievement."""
    return Portfolio(tmp_path / "mine").entry(achievement(), "achievements/queue.md")


def has_page(root, name):
    """Tell whether the built site has the page of an achievement."""
    return (root / "output" / "achievements" / f"{name}.html").exists()


# --- exit codes ------------------------------------------------------------------------------------------------------


def test_0_when_all_is_well(mine):
    for words in (("build",), ("check",), ("list",), ("schema", "site")):
        assert brag(mine.root, *words).code == 0


def test_1_for_problems_in_the_portfolio(mine):
    mine.entry("---\ntitle: Deed\nvisibilty: public\n---\n", "achievements/typo.md")
    for command in ("build", "check", "list"):
        answer = brag(mine.root, command)
        assert (answer.code, answer.codes) == (1, ["key-unknown"]), command
        assert answer.problems[0].hint


def test_1_for_warnings_with_strict_only(mine):
    mine.entry("nothing", "notes.md")
    for command in ("build", "check"):
        loose, strict = brag(mine.root, command), brag(mine.root, command, "--strict")
        assert (loose.code, strict.code) == (0, 1), command
        assert loose.codes == strict.codes == ["file-unknown"]


@pytest.mark.parametrize(
    "words",
    [(), ("frobnicate",), ("build", "--frobnicate"), ("build", "--audience", "nobody"), ("build", "--drafts"),
     ("list", "cats"), ("schema",), ("add",), ("--as-of", "2026-02-30", "build"), ("--as-of", "0001-01-01", "build"),
     ("--as-of", "yesterday", "list")],
    ids=lambda words: "-".join(words) or "nothing",
)  # fmt: skip
def test_2_for_wrong_words(mine, words):
    answer = brag(mine.root, *words)
    assert answer.code == 2, answer
    assert answer.err
    assert not (mine.root / "output").exists()


@pytest.mark.parametrize("epoch", ["soon", "-1", "99999999999999", "²", "1e9"])
def test_2_for_a_source_date_epoch_that_is_no_time(mine, epoch):
    answer = brag(mine.root, "build", env={"SOURCE_DATE_EPOCH": epoch})
    assert (answer.code, answer.out) == (2, "")
    assert "SOURCE_DATE_EPOCH" in answer.err


@pytest.mark.parametrize(
    "words",
    [("add", LINE), ("new", "skill", "Knots"), ("init", "more"), ("publish", "queue")],
    ids=lambda words: words[0],
)
def test_3_when_a_folder_may_not_be_written(mine, words):
    before = without_rights()
    mine.entry(achievement().replace("visibility: public\n", ""), "private/achievements/queue.md")
    (mine.root / "site_content/achievements/queue.md").unlink()
    folders = [mine.root, *(path for path in mine.root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    files = tree_of(mine.root)
    try:
        answer = brag(mine.root, *words, before=before)
    finally:
        for folder in folders:
            folder.chmod(0o700)
    assert (answer.code, answer.codes) == (3, ["permission"]), answer
    assert str(mine.root) in answer.problems[0].place or words[0] == "init"
    assert tree_of(mine.root) == files


def test_70_for_a_bug_which_says_so(mine):
    answer = brag(mine.root, "list", fault="raise=bragfolio.edge.tree:read_tree")
    assert answer.code == 70
    assert "RuntimeError: a fault in bragfolio.edge.tree:read_tree" in answer.err
    assert answer.err.endswith("This is a bug in Brag, not in your portfolio. Please report the lines above.\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["130", "143"])
def test_130_and_143_for_an_interruption(mine, number, code):
    answer = brag(mine.root, "list", fault=f"{number.name}=bragfolio.edge.tree:read_tree")
    assert (answer.code, answer.out, answer.err) == (code, "", "")


# --- what it prints --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "guess"), [
    (["ad", "x"], "add"), (["coach", "reech"], "reach"), (["new", "achivement", "x"], "achievement"), (["review", "--by", "goals"], "goal"), (["import", "ladders", "f"], "ladder"),
])  # fmt: skip
def test_a_misspelt_word_gets_a_guess(portfolio, words, guess):
    outcome = portfolio.brag(*words)
    assert outcome.code == 2
    assert f"did you mean “{guess}”?" in outcome.text
    assert "There is no" not in outcome.text


def test_a_word_that_is_like_none_is_told_what_there_is(portfolio):
    text = portfolio.brag("coach", "qqqq").text
    assert "there is no “qqqq” (there is freshness, announcements," in text


def test_an_achievement_is_dated_when_it_was_done(portfolio):
    assert portfolio.brag("add", "Painted the hall", "--date", "2026-03-10").code == 0
    assert "date: 2026-03-10" in portfolio.page("private/achievements/2026/painted-the-hall.md", "site_content")
    assert portfolio.brag("add", "Painted the door", "--date", "2026-03").code == 0
    assert "date: 2026-03\n" in portfolio.page("private/achievements/2026/painted-the-door.md", "site_content")
    for words, hint in (
        (("add", "Painted it", "--date", "10 March"), "write YYYY-MM-DD, YYYY-MM or YYYY"),
        (("add", "Painted it", "--date", "12.06.2026"), "write 2026-06-12"),
        (("--as-of", "12.06.2026", "list"), "write 2026-06-12"),
        (("--as-of", "2026-06", "list"), "write YYYY-MM-DD"),
    ):
        outcome = portfolio.brag(*words)
        assert (outcome.code, hint in outcome.text) == (2, True), outcome.text


def test_every_command_has_its_help(tmp_path):
    overview = must(brag(tmp_path, "--help")).out
    for command, summary in COMMANDS.items():
        answer = must(brag(tmp_path, command, "--help", env={"COLUMNS": "200"}))
        assert answer.out.startswith(f"usage: brag {command}")
        assert summary[1:] in answer.out
        assert f"\n    {command} " in overview
    assert list(tmp_path.iterdir()) == []


def test_help_loads_none_of_the_libraries(tmp_path):
    command = [sys.executable, "-X", "importtime", "-m", "bragfolio", "--help"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stderr
    loaded = {line.rpartition("|")[2].strip() for line in said.splitlines()}
    assert "bragfolio.cli.main" in loaded
    libraries = {
        "jinja2",
        "markdown_it",
        "msgspec",
        "yaml",
        "PIL",
        "slugify",
        "filelock",
        "bragfolio.app",
        "bragfolio.core",
    }
    assert loaded & libraries == set()


def test_json_is_json_and_complete(mine):
    mine.entry("nothing", "notes.md")
    mine.entry(achievement("publish_date: 2027-02-01"), "achievements/later.md")
    mine.entry(achievement("draft: true"), "achievements/idea.md")
    mine.entry("---\ntitle: Mine\ndate: 2026-01-02\n---\n", "private/achievements/secret.md")
    built = must(build(mine.root, "--json"))
    data = json.loads(built.out)
    assert built.err == ""
    assert data.pop("seconds") >= 0
    problem = {
        "code": "file-unknown", "severity": "warning", "file": "site_content/notes.md", "line": 0, "column": 0,
        "message": "this file is not used", "hint": data["problems"][0]["hint"],
    }  # fmt: skip
    pages = len([name for name in tree_of(mine.root / "output") if name.endswith(".html")])
    files = len(tree_of(mine.root / "output")) - 2
    assert data == {
        "published": True, "output": str(mine.root / "output"), "audience": "public", "pages": pages, "achievements": 1,
        "files": {"written": files, "unchanged": 0, "removed": 0}, "kept": [], "zip": None,
        "held_back": {"hidden": 1, "unmarked": 0, "drafts": 1, "embargoed": {"2027-02-01": 1}, "expired": 0},
        "problems": [problem],
    }  # fmt: skip
    assert json.loads(must(brag(mine.root, "check", "--json")).out) == {"problems": [problem]}
    listed = json.loads(must(brag(mine.root, "--as-of", AS_OF, "list", "--json")).out)
    assert listed["problems"] == [problem]
    rows = {row["id"]: row for row in listed["entries"]}
    assert rows["secret"] == {
        "kind": "achievement", "id": "secret", "date": "2026-01-02", "visibility": "private", "state": "", "name": "Mine",
        "file": "site_content/private/achievements/secret.md",
    }  # fmt: skip
    assert (rows["later"]["state"], rows["idea"]["state"], rows["queue"]["state"]) == ("until 2027-02-01", "draft", "")


def test_json_has_every_problem_of_a_refused_build(mine):
    for number in range(130):
        mine.entry("---\ntitle: Deed\nvisibilty: public\n---\n", f"achievements/typo-{number:03}.md")
    answer = brag(mine.root, "build", "--json")
    data = json.loads(answer.out)
    assert (answer.code, data["published"], data["files"]) == (1, False, None)
    assert len(data["problems"]) == 130
    assert all(problem["code"] in CODES and problem["hint"] and problem["line"] for problem in data["problems"])
    assert [problem["file"] for problem in data["problems"]] == sorted(problem["file"] for problem in data["problems"])


@pytest.mark.parametrize(
    ("words", "code"),
    [(("init", "."), "folder-not-empty"), (("add", " "), "key-missing"), (("new", "skill", " "), "key-missing"),
     (("publish", "nothing"), "not-found")],
    ids=lambda value: value if isinstance(value, str) else value[0],
)  # fmt: skip
def test_json_tells_what_went_wrong_in_every_command(mine, words, code):
    answer = brag(mine.root, *words, "--json")
    assert answer.code == 1
    assert [problem["code"] for problem in json.loads(answer.out)["problems"]] == [code]


def test_json_can_be_read_in_every_encoding(mine):
    mine.entry(achievement().replace("Cut the queue", "Straße 😀"), "achievements/queue.md")
    answer = must(brag(mine.root, "list", "--json", env={"PYTHONIOENCODING": "ascii"}))
    assert json.loads(answer.out)["entries"][0]["name"] == "Straße 😀"


def test_letters_that_a_terminal_lacks_are_escaped(mine):
    mine.entry(achievement().replace("Cut the queue", "Straße 😀"), "achievements/queue.md")
    answer = must(brag(mine.root, "list", env={"PYTHONIOENCODING": "ascii"}))
    assert "Stra\\xdfe \\U0001f600" in answer.out


def test_quiet_prints_errors_only(mine):
    mine.entry("nothing", "notes.md")
    for command in ("build", "check"):
        answer = must(brag(mine.root, command, "-q"))
        assert (answer.out, answer.err) == ("", "")
    mine.entry("---\ntitle: Deed\nvisibilty: public\n---\n", "achievements/typo.md")
    answer = brag(mine.root, "check", "-q")
    assert (answer.code, answer.out, answer.codes) == (1, "", ["key-unknown"])


def run_on_terminal(root, *words, env):
    """Run a command whose standard error is a terminal; return what it printed there."""
    import pty

    screen, keyboard = pty.openpty()
    variables = {**os.environ, **env}
    command = [sys.executable, "-m", "bragfolio", *words]
    variables.pop("NO_COLOR", None) if "NO_COLOR" not in env else None
    subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, stderr=keyboard, env=variables, check=False)
    os.close(keyboard)
    text = b""
    while True:
        try:
            part = os.read(screen, 4096)
        except OSError:  # Linux's way to say that nobody writes any more
            break
        if not part:
            break
        text += part
    os.close(screen)
    return text.decode()


def test_colour_is_for_terminals_whose_user_wants_it(mine):
    mine.entry("nothing", "notes.md")
    assert "\x1b[33mwarning[file-unknown]\x1b[0m" in run_on_terminal(mine.root, "check", env={})
    assert "\x1b" not in run_on_terminal(mine.root, "check", "--no-color", env={})
    assert "\x1b" not in run_on_terminal(mine.root, "check", env={"NO_COLOR": "1"})
    assert "\x1b" not in brag(mine.root, "check", env={"NO_COLOR": None}).err


def test_x10_no_text_of_a_portfolio_reaches_the_terminal_unescaped(mine):
    mine.entry(achievement().replace("Cut the queue", "Red \u202e tide \u200b"), "achievements/bidi.md")
    mine.entry(achievement().replace("Cut the queue", '"\\e[31mred\\e]0;owned\\a"'), "achievements/ansi.md")
    mine.entry(achievement("\x1b[31mkey: 1"), "achievements/key.md")
    mine.entry("x", "achievements/\x1b[2Jname.md")
    answers = [brag(mine.root, command) for command in ("list", "check", "build")]
    answers.append(brag(mine.root, "publish", "\x1b[31mid"))
    for answer in answers:
        assert not set("\x1b\x07\u202e\u200b") & set(answer.out + answer.err), answer
    assert r"Red \u202e tide \u200b" in answers[0].out


def test_a_closed_output_is_no_bug(mine):
    process = start_brag(mine.root, "schema", "achievement")
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    assert (process.stderr.read(), process.wait()) == ("", 0)
    process.stderr.close()
    command = f'"{sys.executable}" -m bragfolio list >&-'
    shell = subprocess.run(command, shell=True, cwd=mine.root, capture_output=True, text=True, check=False)
    assert (shell.returncode, shell.stderr) == (0, "")


# --- where and when --------------------------------------------------------------------------------------------------


def test_the_portfolio_is_found_from_below_and_by_its_name(mine, tmp_path):
    below = mine.root / "site_content" / "achievements"
    for cwd, words in ((mine.root, ()), (below, ()), (tmp_path, ("-C", "mine")), (below, ("-C", str(mine.root)))):
        answer = must(brag(cwd, *words, "list", "--json"))
        assert [row["id"] for row in json.loads(answer.out)["entries"]] == ["queue"]
    must(brag(below, "build"))
    assert (mine.root / "output" / "index.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert brag(tmp_path, "list").codes == ["config-missing"]


def test_common_options_stand_before_and_after_the_command(mine):
    folder = mine.root.parent
    for words in (("-C", "mine", "--json", "list"), ("list", "-C", "mine", "--json"), ("-C", "mine", "list", "--json")):
        assert json.loads(must(brag(folder, *words)).out)["entries"]


def test_the_day_is_as_of_then_source_date_epoch_then_today(mine):
    mine.entry(achievement("publish_date: 2027-02-01"), "achievements/later.md")
    epoch = {"SOURCE_DATE_EPOCH": "1801483200"}  # 2027-02-01
    days = []
    for words, env in (((), epoch), (("--as-of", "2027-01-31"), epoch), (("--as-of", "2027-02-01"), {})):
        must(brag(mine.root, *words, "build", env=env))
        days.append((json.loads((mine.root / "output/.brag.json").read_text())["as_of"], has_page(mine.root, "later")))
    assert days == [("2027-02-01", True), ("2027-01-31", False), ("2027-02-01", True)]
    must(brag(mine.root, "add", LINE, "--as-of", "2025-03-04"))
    assert (mine.root / "site_content/private/achievements/2025/cut-checkout-p99-by-63.md").exists()


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_are_days(mine, day):
    for command in ("build", "check", "list"):
        must(brag(mine.root, "--as-of", day, command))


# --- somebody new ----------------------------------------------------------------------------------------------------


def test_from_nothing_to_a_page_in_three_commands(tmp_path):
    said = must(brag(tmp_path, "init", "x")).out
    assert 'cd x && brag add "What you did, the result first" --public' in said
    root = tmp_path / "x"
    must(brag(root, "add", LINE, "--public"))
    built = must(brag(root, "build"))
    assert built.codes == []
    assert "1 achievement for everybody" in built.out
    page = root / "output" / "achievements" / "cut-checkout-p99-by-63.html"
    assert LINE in page.read_text()
    assert page.relative_to(root / "output").as_posix() in (root / "output" / "index.html").read_text()
    assert (root / "output" / "index.html").as_uri() in built.out


def test_what_is_held_back_is_said_with_the_way_to_show_it(tmp_path):
    must(brag(tmp_path, "init", "x"))
    root = tmp_path / "x"
    added = must(brag(root, "add", LINE)).out
    assert "Only you see it. `brag publish cut-checkout-p99-by-63` shows it to everybody." in added
    built = must(brag(root, "build")).out
    assert "The site shows no achievement yet: all of them are private." in built
    assert "Held back: 1 not for this audience." in built
    assert "`brag build --audience self`" in built
    assert "`brag publish ID`" in built
    assert not has_page(root, "cut-checkout-p99-by-63")
    published = must(brag(root, "publish", "cut-checkout-p99-by-63")).out
    assert published.startswith("Everybody sees site_content/achievements/")
    assert [*(root / "site_content" / "private").rglob("*.md")] == []
    built = must(brag(root, "build")).out
    assert "Held back" not in built
    assert has_page(root, "cut-checkout-p99-by-63")


def test_publish_brings_the_pictures_of_a_folder_entry(mine):
    folder = "private/achievements/2026/bridge"
    mine.entry(
        achievement("image: photo.png", "image_alt: A bridge").replace("visibility: public\n", ""), f"{folder}/index.md"
    )
    mine.entry(PNG, f"{folder}/photo.png").entry("a,b\n", f"{folder}/data/table.csv")
    said = must(brag(mine.root, "publish", "bridge")).out
    content = mine.root / "site_content"
    assert sorted(path.name for path in (content / "achievements/2026/bridge").rglob("*.*")) == [
        "index.md", "photo.png", "table.csv"
    ]  # fmt: skip
    assert "  and site_content/achievements/2026/bridge/photo.png" in said
    assert not (content / folder).exists()
    must(brag(mine.root, "build"))
    assert has_page(mine.root, "bridge")
    assert list((mine.root / "output").rglob("photo*.png"))


def test_publish_says_of_a_broken_entry_that_it_is_broken(mine):
    mine.entry(achievement("stars: 9"), "private/achievements/raise.md")
    answer = brag(mine.root, "publish", "raise")
    assert answer.code == 1
    assert "the entry “raise” has errors" in answer.err
    assert "did you mean" not in answer.err.split("brag publish:")[1]
    assert "there is no entry “rise”" in brag(mine.root, "publish", "rise").err


@pytest.mark.parametrize("name", ["stairs.MD", "stairs.markdown", "stairs.md.txt"])
def test_a_file_that_is_nearly_an_entry_is_told_how_to_be_one(mine, name):
    mine.entry(achievement(), f"achievements/2026/{name}")
    said = brag(mine.root, "check").err
    assert "hint: end its name in .md: stairs.md" in said
    assert said.count(name) == 1


def test_publish_writes_over_nothing(mine):
    folder = "achievements/2026/bridge"
    mine.entry(achievement().replace("visibility: public\n", ""), f"private/{folder}/index.md")
    mine.entry(PNG, f"private/{folder}/photo.png").entry("another", f"{folder}/photo.png")
    files = tree_of(mine.root)
    answer = brag(mine.root, "publish", "bridge")
    assert (answer.code, answer.codes) == (1, ["path-duplicate"]), answer
    assert tree_of(mine.root) == files


def test_publish_makes_a_draft_final_and_says_what_still_waits(mine):
    mine.entry(achievement("draft: true"), "achievements/idea.md")
    mine.entry(
        achievement("publish_date: 2027-02-01").replace("visibility: public\n", ""), "private/achievements/later.md"
    )
    must(brag(mine.root, "publish", "idea"))
    assert "draft" not in (mine.root / "site_content/achievements/idea.md").read_text()
    said = must(brag(mine.root, "--as-of", AS_OF, "publish", "later")).out
    assert "but not before 2027-02-01 (its publish_date)" in said
    built = must(build(mine.root)).out
    assert "Held back: 1 until 2027-02-01." in built
    assert has_page(mine.root, "idea")
    assert not has_page(mine.root, "later")
    again = brag(mine.root, "publish", "idea")
    assert (again.code, again.codes) == (1, ["not-found"])
    assert "public already" in again.problems[0].message


def test_the_same_line_twice_makes_two_entries(mine):
    for words in ((), (), ("--public",)):
        must(brag(mine.root, "--as-of", AS_OF, "add", LINE, *words))
    rows = json.loads(must(brag(mine.root, "list", "--json")).out)["entries"]
    base = "cut-checkout-p99-by-63"
    assert sorted(row["id"] for row in rows) == [base, f"{base}-2", f"{base}-3", "queue"]


@pytest.mark.parametrize("content", ["notes.txt", ".hidden", "folder/inner.txt"])
def test_init_refuses_a_folder_that_holds_something(tmp_path, content):
    path = tmp_path / "x" / content
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    answer = brag(tmp_path, "init", "x")
    assert (answer.code, answer.codes) == (1, ["folder-not-empty"])
    assert tree_of(tmp_path / "x") == {content: b"mine"}


def test_init_goes_into_a_clone_and_writes_over_nothing(tmp_path):
    clone = {"README.md": b"# Mine", "LICENSE": b"MIT", ".gitignore": b"*.log\n/.brag/"}
    (tmp_path / "x" / ".git").mkdir(parents=True)
    for name, data in clone.items():
        (tmp_path / "x" / name).write_bytes(data)
    must(brag(tmp_path / "x", "init", "--name", "Ada Quill"))
    after = tree_of(tmp_path / "x")
    assert [after["README.md"], after["LICENSE"]] == [b"# Mine", b"MIT"]
    assert after[".gitignore"] == b"*.log\n/.brag/\n/site_content/private/\n"
    must(brag(tmp_path / "x", "build"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("site_content/site.yaml", "there is a portfolio in this folder already"),
     ("site_content/notes.md", "there is “site_content” already"), ("output", "there is “output” already"),
     (".brag", "there is “.brag” already")],
)  # fmt: skip
def test_init_refuses_a_clone_that_has_what_it_would_write(tmp_path, name, said):
    (tmp_path / ".git").mkdir()
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    answer = brag(tmp_path, "init", "--example")
    assert (answer.code, answer.codes) == (1, ["folder-not-empty"])
    assert said in answer.err
    assert tree_of(tmp_path) == {name: b"mine"}


def test_init_goes_into_an_empty_folder_and_beside_git(tmp_path):
    (tmp_path / "x" / ".git").mkdir(parents=True)
    must(brag(tmp_path / "x", "init", "--name", 'Ada "Q" Quill: #1'))
    must(brag(tmp_path / "x", "check", "--strict"))
    must(brag(tmp_path / "x", "build"))
    assert "Ada &#34;Q&#34; Quill: #1" in (tmp_path / "x/output/index.html").read_text()


@pytest.mark.parametrize("kind", ["achievement", "skill", "role", "page"])
def test_new_starts_an_entry_of_each_kind_that_builds(mine, kind):
    must(brag(mine.root, "new", kind, "Something", "good", "--public"))
    answer = must(brag(mine.root, "build", "--strict"))
    assert answer.codes == []


# --- doctor, schema --------------------------------------------------------------------------------------------------


def test_doctor_finds_another_program_called_brag(mine, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    foreign = programs / "brag"
    foreign.write_text("#!/home/me/bragfolio/bin/python\nprint('I am another brag')\n")
    foreign.chmod(0o755)
    path = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    answer = brag(mine.root, "doctor", env=path)
    assert answer.code == 3
    assert f"{foreign} is another program" in answer.out
    assert "use `bragfolio`" in answer.out
    data = json.loads(brag(mine.root, "doctor", "--json", env=path).out)
    assert [finding["subject"] for finding in data["findings"] if not finding["is_good"]] == ["command"]
    foreign.write_text("#!/bin/python\nfrom bragfolio.__main__ import main\nmain()\n")
    must(brag(mine.root, "doctor", env=path))


@pytest.fixture(scope="module")
def schemas(tmp_path_factory):
    """The JSON Schema of every kind, as printed."""
    folder = tmp_path_factory.mktemp("schemas")
    return {kind: json.loads(run_brag(folder, "schema", kind).text) for kind in MODELS}


def test_every_schema_is_a_json_schema(schemas):
    assert len(schemas) >= 5
    for schema in schemas.values():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema.Draft202012Validator.check_schema(schema)


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do: numbers and booleans are such, dates are text."""


EditorLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_schemas_accept_every_file_of_the_example(repository, schemas):
    content = repository / "site_content"
    counts = dict.fromkeys(schemas, 0)
    seen = set()
    for path in sorted(content.rglob("*.md"), key=lambda path: "private" in path.parts):
        key = entry_key(path.relative_to(content).as_posix())
        if key and key not in seen:  # the second is an overlay, of which nothing is required
            check_file(schemas[key[0]], path, path.read_text().split("---\n")[1])
            counts[key[0]] += 1
            seen.add(key)
    files = {"site": "site.yaml", **{kind.name: kind.file for kind in LIST_KINDS}}
    files |= {name: f"private/{name}.yaml" for name in ("people", "goals", "plan", "promotion", "questions")}
    for kind_name, name in files.items():
        check_file(schemas[kind_name], content / name, (content / name).read_text())
        counts[kind_name] += 1
    folders = {"story": "stories/*.md", "posting": "postings/*.md", "ladder": "ladders/*.yaml"}
    for kind_name, pattern in folders.items():
        for path in (content / "private").glob(pattern):
            text = path.read_text()
            check_file(schemas[kind_name], path, text.split("---\n")[1] if path.suffix == ".md" else text)
            counts[kind_name] += 1
    assert all(counts.values()), counts


def check_file(schema, path, text):
    """Validate YAML against *schema* as an editor would."""
    validator = jsonschema.Draft202012Validator(schema)
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(yaml.load(text, EditorLoader))]
    assert errors == [], path


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("achievement", "title: X\ndate: 2026-07-20\nvisibilty: public\n"),
        ("achievement", "title: X\ndate: yesterday\n"),
        ("achievement", "title: X\nscope: galaxy\n"),
        ("people", "- {id: a, name: A, relation: foe}\n"),
        ("people", "id: a\nname: A\n"),
        ("goals", "- {id: a}\n"),
        ("plan", "bets: [{id: a, titel: A}]\n"),
        ("promotion", "min_months_in_level: long\n"),
        ("questions", "- {id: a}\n"),
        ("story", "title: a\nused: [{date: lately}]\n"),
        ("posting", "title: a\nremote: mostly\n"),
        ("ladder", "id: a\ncompetencies: [{id: b, criteria: {staff: [{id: c}]}}]\n"),
    ],
)
def test_the_schemas_refuse_mistakes(schemas, kind, text):
    assert list(jsonschema.Draft202012Validator(schemas[kind]).iter_errors(yaml.load(text, EditorLoader)))
