"""Incremental: after any edits, a build leaves the very files, and says the very problems, of a build from nothing (B20).

A server that has seen all the edits shows those files, too.
"""

import datetime as dt
import os
import re
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, assume, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bragfolio.app.views import ServeRequest, Views
from tests.portfolios import PROBLEM, Portfolio
from tests.program import IS_PROOF, tree_of

EDITS = 500 if IS_PROOF else 60
"""So many builds after an edit are compared with builds from nothing, at least; mistakes, which build nothing, not counted."""
DISK = None if IS_PROOF or not Path("/dev/shm").is_dir() else "/dev/shm"
"""In memory: a third of the time is files."""
IDS = ("amber", "birch", "cedar", "dune")
SITE = "format: 1\ntitle: {title}\nurl: https://example.org/ada/\nperson: {{name: Ada Quill}}\ncheck: {{ignore: [{ignored}]}}\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
BODIES = st.sampled_from(
    ["", "Plain.\n", "Seen [[birch]].\n", "[[cedar]] and [amber](amber.md)\n", "<b>no</b>\n", "## A\n\n- b\n- c\n", "![a picture](dune.png)\n"]
)  # fmt: skip
VISIBILITIES = st.sampled_from(["public", "public", "public", "private", "recruiters"])
PAPER = st.sampled_from([False, False, True])
DESIGNS = st.sampled_from(["impact", "classic", "brief"])
DAYS = st.sampled_from(["2026-07-20", "2026-08-14", "2026-08-16", "2020-01-01"])


def document(title, body, visibility="public", day="2026-07-20", more=()):
    """Return an achievement."""
    keys = [f"title: {title}", f"date: {day}", f"visibility: {visibility}", *more]
    return "\n".join(["---", *keys, "---", body])


class Edits(RuleBasedStateMachine):
    """A portfolio that is edited, built again and again, and each time compared with one that never was built before."""

    compared = 0
    """Trees, by all machines of a run."""
    printed = 0
    """Those of them with PDFs."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="brag-law-", dir=DISK)
        self.portfolio = Portfolio(Path(self.folder.name) / "mine")
        self.content = self.portfolio.root / "site_content"
        self.audience = "public"
        self.day = 15
        self.with_pdf = False
        self.code = 0
        """Of the last build."""
        self.server = None
        """What it is asked for, and its sites; another one begins with each day."""

    def teardown(self):
        self.folder.cleanup()

    @initialize(with_pdf=PAPER, chance=st.integers(0, 1_000))
    def begin(self, with_pdf, chance):
        assume(chance)  # Hypothesis first tries the simplest of all examples: the same step twenty times
        self.with_pdf = with_pdf
        self.fill()

    def fill(self):
        self.configure("Ada Quill", "redirect")
        for name in IDS[:3]:
            self.write(f"achievements/{name}.md", document(name, "Begun.\n", more=("skills: [SQL, Rust]",)))
        self.write("achievements/dune.png", PNG)
        self.write("skills/sql.md", "---\nname: SQL\nvisibility: public\n---\nTables.\n")

    @precondition(lambda self: self.code)
    @rule()
    def mend(self):
        """Write again what every mistake may be in: most edits should meet a portfolio that can be built."""
        for file in self.files():
            file.unlink()
        self.fill()

    def write(self, path, content):
        self.portfolio.entry(content, path)

    def files(self):
        return sorted(path for path in self.content.rglob("*.md") if path.is_file())

    @rule(name=st.sampled_from(IDS), body=BODIES, visibility=VISIBILITIES, day=DAYS)
    def write_entry(self, name, body, visibility, day):
        self.write(f"achievements/{name}.md", document(name.title(), body, visibility, day, ("skills: [SQL, Go]",)))

    @rule(name=st.sampled_from(IDS), title=st.sampled_from(["One", "Two", "“Three”"]))
    def embargo(self, name, title):
        self.write(f"achievements/{name}.md", document(title, "Later.\n", more=("publish_date: 2026-08-17",)))

    @rule(number=st.integers(0, 9), words=st.sampled_from(["More.\n", "Less.\n", "\n", "[[sql]]\n"]))
    def edit_body(self, number, words):
        files = self.files()
        file = files[number % len(files)]
        file.write_text(file.read_text() + words)

    @rule(number=st.integers(0, 9))
    def remove(self, number):
        files = self.files()
        if len(files) > 1:
            files[number % len(files)].unlink()

    @rule(number=st.integers(0, 9), name=st.sampled_from(["elm", "fern"]))
    def rename(self, number, name):
        files = self.files()
        file = files[number % len(files)]
        file.rename(file.with_name(f"{name}.md"))

    @rule(number=st.integers(0, 9))
    def touch(self, number):
        files = self.files()
        os.utime(files[number % len(files)])

    @rule(number=st.integers(0, 9), ahead=st.sampled_from([-86400, 86400]))
    def touch_at_another_time(self, number, ahead):
        files = self.files()
        file = files[number % len(files)]
        seconds = file.stat().st_mtime + ahead
        os.utime(file, (seconds, seconds))

    @rule(number=st.integers(0, 9))
    def change_without_a_trace(self, number):
        """Other content of the same size, with the time that the file had."""
        files = self.files()
        file = files[number % len(files)]
        before = file.stat()
        head, line, body = file.read_text().rpartition("---\n")
        head = re.sub("(?<=title: ).*", lambda title: title[0].swapcase(), head)
        file.write_text(head + line + body.swapcase())
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(what=st.sampled_from(["builds", "read", "rendered", "scan", ""]))
    def lose(self, what):
        shutil.rmtree(self.portfolio.root / ".brag/cache" / what, ignore_errors=True)

    @rule(what=st.sampled_from(["builds", "read", "rendered"]), keeps=st.integers(0, 60))
    def damage(self, what, keeps):
        for file in (self.portfolio.root / ".brag/cache" / what).glob("*"):
            file.write_bytes(file.read_bytes()[:keeps])

    @rule(color=st.sampled_from(["red", "blue"]))
    def change_theme(self, color):
        self.portfolio.write({"themes/default/static/custom.css": f"main {{ color: {color} }}\n"})

    @rule(word=st.sampled_from(["gone", "lost"]))
    def change_template(self, word):
        text = '{% extends "base/404.html" %}{% block title %}' + word + "{% endblock %}"
        self.portfolio.write({"themes/default/templates/404.html": text})

    @rule(title=st.sampled_from(["Ada Quill", "A. Quill"]), ignored=st.sampled_from(["", "redirect", "raw-html"]))
    def configure(self, title, ignored):
        audiences = "audiences: {recruiters: {}}\n"
        self.write("site.yaml", SITE.format(title=title, ignored=ignored) + audiences)

    @rule(audience=st.sampled_from(["public", "recruiters"]), claim=st.sampled_from(IDS), design=DESIGNS)
    def campaign(self, audience, claim, design):
        lines = [
            "---", "title: A better post", f"audience: {audience}", f"claims: [{{text: It works, proof: [{claim}]}}]",
            f"one_pager: {{template: {design}}}", "---", "See [[amber]].\n",
        ]  # fmt: skip
        if (self.content / f"achievements/{claim}.md").exists():
            self.write("campaigns/post.md", "\n".join(lines))

    @rule(with_pdf=PAPER)
    def set_paper(self, with_pdf):
        self.with_pdf = with_pdf

    @rule(name=st.sampled_from(IDS), body=BODIES)
    def overlay(self, name, body):
        if (self.content / f"achievements/{name}.md").exists():
            self.write(f"private/achievements/{name}.md", f"---\nimpact: high\n---\n{body}")

    @rule(data=st.sampled_from([PNG, PNG + b"trailing", b"no picture"]))
    def attach(self, data):
        self.write("achievements/dune.png", data)

    @rule(words=st.sampled_from(["a", "b"]))
    def publish_as_it_is(self, words):
        self.write("static/note.txt", words)

    @precondition(lambda self: self.day < 18)
    @rule()
    def wait_a_day(self):
        self.day += 1

    @rule(audience=st.sampled_from(["public", "self", "recruiters"]))
    def turn_to(self, audience):
        self.audience = audience

    @rule(name=st.sampled_from(["index.html", "404.html"]), words=st.sampled_from(["spoilt", ""]))
    def spoil_output(self, name, words):
        file = self.output() / name
        if file.exists():
            file.write_text(words or file.read_text().swapcase())

    def output(self):
        return self.portfolio.root / ("output" if self.audience == "public" else f".brag/builds/{self.audience}")

    def build(self, portfolio):
        """Return what was said, but for how much was new and how long it took."""
        words = ["build", "--audience", self.audience, "--as-of", f"2026-08-{self.day}"]
        said = portfolio.brag(*words, *([] if self.with_pdf else ["--no-pdf"]))
        assert said.code in {0, 1}, said.text
        problems = [match[0] for match in PROBLEM.finditer(said.text)]
        held = [line for line in said.text.splitlines() if line.startswith(("Held back", "With", "Kept"))]
        return said.code, problems, held

    def serve(self):
        """Return the folder that a server shows after the last edit, None where something is wrong."""
        root, day = self.portfolio.root, dt.date(2026, 8, self.day)
        request = ServeRequest(root, as_of=day, with_pdf=self.with_pdf)
        if self.server is None or self.server.request != request:
            self.server = Views(request, root / ".brag/serve" / f"{self.day}-{self.with_pdf}")
        report = self.server.build(self.audience)
        return report.output if report.published else None

    @invariant()
    def is_as_from_nothing(self):
        if not (self.content / "site.yaml").read_text().count("recruiters"):
            return
        said = self.build(self.portfolio)
        self.code = said[0]
        clean = Portfolio(Path(self.folder.name) / "clean")
        shutil.rmtree(clean.root)
        clean.root.mkdir()
        for folder in ("site_content", "themes"):
            if (self.portfolio.root / folder).exists():
                shutil.copytree(self.portfolio.root / folder, clean.root / folder)
        assert said == self.build(clean)
        served = self.serve()
        assert bool(served) == (said[0] == 0)
        if served:
            made = tree_of(clean.root / self.output().relative_to(self.portfolio.root))
            assert tree_of(served) == made
            assert tree_of(self.output()) == made
            assert self.build(self.portfolio) == said  # at once again
            assert tree_of(self.output()) == made
            Edits.compared += 1
            Edits.printed += any(name.endswith(".pdf") for name in made)
        shutil.rmtree(clean.root)


def test_b20_a_build_after_any_edit_is_as_one_from_nothing():
    machine = settings(
        max_examples=4,
        stateful_step_count=50 if IS_PROOF else 20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    for number in range(EDITS // 5):  # how long a machine runs is left to chance
        run_state_machine_as_test(Edits if IS_PROOF else seed(number)(Edits), settings=machine)
        if Edits.compared >= EDITS and Edits.printed >= EDITS // 10:
            return
    raise AssertionError(Edits.compared, Edits.printed)
