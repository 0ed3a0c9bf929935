"""Repositories: git in a temporary folder, as the user has it."""

import os
import subprocess
from pathlib import Path
from typing import Final

from tests.tools.system import require_tool

WHO: Final = {
    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip
"""Variables that make git the same for everybody who runs the tests."""


class Repository:
    """A git repository in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = str(require_tool("git"))
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str, given: bytes | None = None) -> str:
        """Run a command of git in it, which must succeed; return what it printed."""
        return self.read(*words, given=given).decode(errors="replace")

    def read(self, *words: str, given: bytes | None = None) -> bytes:
        """Run a command of git in it, which must succeed; return the bytes that it printed."""
        return subprocess.run(
            [self.program, "-c", "protocol.file.allow=always", *words],
            cwd=self.folder, env={**os.environ, **WHO}, input=given, capture_output=True, check=True,
        ).stdout  # fmt: skip

    def stage(self) -> "Repository":
        """Add every file, the ignored ones too."""
        self.git("add", "--all", "--force")
        return self

    def commit(self) -> "Repository":
        """Add every file, and commit."""
        self.stage().git("commit", "--quiet", "--allow-empty", "--message", "x")
        return self
