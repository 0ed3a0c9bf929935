"""Portfolios: tiny ones in a temporary folder, what Brag says of them, and what it builds from them."""

import contextlib
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bragfolio.cli.main import run
from bragfolio.problems import CODES

AS_OF: Final = "2026-08-15"
"""The day on which all tests happen."""
_NOON: Final = "1786795200"
"""Noon of that day in UTC, as SOURCE_DATE_EPOCH."""
SITE: Final = "format: 1\ntitle: Ada Quill\nurl: https://example.org/ada/\nperson: {name: Ada Quill}\n"
PROBLEM: Final = re.compile(
    r"^(?P<place>\S.*?): (?P<severity>error|warning)\[(?P<code>[a-z0-9-]+)\]: (?P<message>.*)(?:\n  hint: (?P<hint>.*))?$",
    re.MULTILINE,
)
"""How every command prints a problem."""


@dataclass(frozen=True, slots=True)
class Said:
    """One problem as it was printed."""

    place: str
    """`file:line:column`, or the file alone."""
    severity: str
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command said, and its exit code."""

    code: int
    text: str
    """Standard output and standard error, in the order in which they were written."""

    @property
    def problems(self) -> list[Said]:
        """The problems among it."""
        return [Said(**match.groupdict(default="")) for match in PROBLEM.finditer(self.text)]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Place and code of each error."""
        return [(problem.place, problem.code) for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Place and code of each warning."""
        return [(problem.place, problem.code) for problem in self.problems if problem.severity == "warning"]

    def said(self, code: str) -> Said:
        """Return the only problem of this code."""
        (found,) = [problem for problem in self.problems if problem.code == code]
        return found


class Portfolio:
    """A portfolio on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write({"site_content/site.yaml": SITE})

    def write(self, files: Mapping[str, str | bytes]) -> "Portfolio":
        """Write files, by path from the portfolio's folder."""
        for path, content in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def entry(self, content: str | bytes, path: str = "achievements/x.md") -> "Portfolio":
        """Write one file below site_content/."""
        return self.write({f"site_content/{path}": content})

    def brag(self, *words: str) -> Outcome:
        """Run one command in the portfolio's folder, in this process."""
        return run_brag(self.root, *words)

    def build(self, *words: str) -> Outcome:
        """Run `brag build`."""
        return self.brag("build", *words)

    def built(self, folder: str = "output") -> dict[str, bytes]:
        """Return everything that was built, by path; the manifest and what git reads left out."""
        base = self.root / folder
        found = {path.relative_to(base).as_posix(): path for path in base.rglob("*") if path.is_file()}
        return {name: found[name].read_bytes() for name in sorted(found) if name not in {".brag.json", ".gitignore"}}

    def page(self, path: str = "achievements/x.html", folder: str = "output") -> str:
        """Return a built text file."""
        return (self.root / folder / path).read_text(encoding="utf-8")

    def everything(self, folder: str = "output") -> str:
        """Return all that was built as one text, for a search of what must be nowhere in it; of PDFs, what they say."""
        return "\n".join(f"{path}\n{_as_text(path, data)}" for path, data in self.built(folder).items())


def _as_text(path: str, data: bytes) -> str:
    if path.endswith(".png"):
        return ""
    return text_of_pdf(data) if path.endswith(".pdf") else data.decode("utf-8", "replace")


def text_of_pdf(data: bytes) -> str:
    """Return the text and the metadata of a PDF, as pypdf reads them."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    return "\n".join(
        [page.extract_text() for page in reader.pages] + [str(value) for value in (reader.metadata or {}).values()]
    )


def achievement(*lines: str, body: str = "") -> str:
    """Return a public achievement with more lines of front matter: the first of them is on line 5."""
    keys = ("title: Cut the queue", "date: 2026-07-20", "visibility: public", *lines)
    return "\n".join(["---", *keys, "---", body])


def run_brag(root: Path, *words: str) -> Outcome:
    """Run one command in *root*, in this process, on the day `AS_OF`."""
    said = io.StringIO()
    terminate = signal.getsignal(signal.SIGTERM)
    settings = {"SOURCE_DATE_EPOCH": _NOON, "COLUMNS": "80", "NO_COLOR": "1"}
    try:
        with (
            contextlib.chdir(root),
            _environment(settings),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
        ):
            code = run(words)
    finally:
        signal.signal(signal.SIGTERM, terminate)
    return Outcome(code, said.getvalue())


def assert_sound(outcome: Outcome) -> None:
    """Check what holds whatever happened: no crash, and every problem has a known code, a sentence and a hint."""
    assert outcome.code in {0, 1, 2, 3}, outcome.text
    assert "Traceback" not in outcome.text
    for problem in outcome.problems:
        assert problem.code in CODES
        assert problem.message
        assert problem.hint, problem


def assert_refused(portfolio: Portfolio, outcome: Outcome, *errors: tuple[str, str]) -> None:
    """Check that these places and codes, and no others, kept the site from being published."""
    assert_sound(outcome)
    assert outcome.errors == list(errors), outcome.text
    assert outcome.code == 1
    assert portfolio.built() == {}


def assert_built(outcome: Outcome, *warnings: tuple[str, str]) -> None:
    """Check that the site was published, with these warnings and no others."""
    assert_sound(outcome)
    assert outcome.errors == [], outcome.text
    assert outcome.warnings == list(warnings), outcome.text
    assert outcome.code == 0


@contextlib.contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def run_process(root: Path, *words: str, timeout_s: float = 20) -> tuple[Outcome, float]:
    """Run one command in a process of its own; return what it said, and its peak memory in MB. A signal gives -n."""
    process = subprocess.run(
        [sys.executable, "-c", _MEASURED, *words],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "SOURCE_DATE_EPOCH": _NOON, "NO_COLOR": "1"},
        timeout=timeout_s,
        check=False,
    )
    text, _, peak = process.stdout.decode().partition("peak memory: ")
    return Outcome(process.returncode, text), int(peak or 0) / 1e3


_MEASURED: Final = """
from bragfolio.__main__ import main
try:
    main()
finally:
    status = open("/proc/self/status").read() if __import__("sys").platform == "linux" else "VmHWM: 0"
    print(f"peak memory: {status.partition('VmHWM:')[2].split()[0]}", flush=True)
"""
"""Brag, and the kilobytes that it held at most. The kernel's ru_maxrss would count those of the tests before it."""
