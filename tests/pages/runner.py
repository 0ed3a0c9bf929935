"""Runner: does what a runner of GitHub Actions does with the jobs of a workflow, as far as ours goes, on this machine.

Steps that `run` something are run by bash as GitHub runs them, unchanged, in a clone of the repository; those that `use` an
action are played: the clone, the Python, the address of the site, the archive.
"""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from tests.pages.emulator import artifact_of
from tests.repositories import Repository
from tests.tools.system import require_tool

_EXPRESSION: Final = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def read_workflow(text: str) -> dict[Any, Any]:
    """Return the workflow in *text*. YAML 1.1 reads `on:` as true, so that key is given its name back."""
    read = yaml.safe_load(text)
    assert isinstance(read, dict)
    return {"on" if key is True else key: value for key, value in read.items()}


@dataclass
class Runner:
    """A machine that has a Python and a folder for the clone."""

    repository: Repository
    """What is cloned."""
    environment: Path
    """A virtual environment, whose programs come first on PATH."""
    folder: Path
    base_url: str
    """What the action configure-pages answers."""
    event: str = '{"repository": {"private": false}}'
    env: Mapping[str, str] = field(default_factory=dict)
    cut: Sequence[str] = ()
    """Words before every step after the installation."""
    said: str = ""
    """The log."""
    artifact: dict[str, bytes] | None = None
    failed: str = ""
    """The name of the step that failed."""
    outputs: dict[str, str] = field(default_factory=dict)
    """`steps.<id>.outputs.<name>`, and what else an expression may name."""

    @property
    def workspace(self) -> Path:
        """The clone."""
        return self.folder / "work"

    @property
    def summary(self) -> str:
        """What the job says of itself on its page."""
        file = self.folder / "summary.md"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def run(self, job: Mapping[str, Any]) -> "Runner":
        """Run the steps of *job* until one fails."""
        self.outputs["github.workspace"] = str(self.workspace)
        defaults = job.get("defaults", {}).get("run", {}).get("working-directory", ".")
        for step in job["steps"]:
            name = str(step["name"])
            self.said += f"--- {name}\n"
            if "uses" in step:
                self._play(step)
            elif not self._run(step, step.get("working-directory", defaults)):
                self.failed = name
                break
        return self

    def _play(self, step: Mapping[str, Any]) -> None:
        action, words = step["uses"].partition("@")[0], step.get("with", {})
        if action == "actions/checkout":
            self.repository.git("clone", "--quiet", str(self.repository.folder), str(self.workspace))
            (self.folder / "event.json").write_text(self.event)
        elif action == "actions/configure-pages":
            self.outputs[f"steps.{step['id']}.outputs.base_url"] = self.base_url
        elif action == "actions/upload-pages-artifact":
            with_hidden = self._fill(str(words["include-hidden-files"])) == "true"
            self.artifact = artifact_of(self.workspace / words["path"], with_hidden=with_hidden)
        else:
            assert action == "actions/setup-python", action

    def _run(self, step: Mapping[str, Any], where: str) -> bool:
        assert not _EXPRESSION.search(step["run"]), "an expression in a script is code from outside"
        script, output = self.folder / "script.sh", self.folder / "output.txt"
        script.write_text(step["run"])
        output.write_text("")
        named = {name: self._fill(str(value)) for name, value in step.get("env", {}).items()}
        paths = (self.environment / "bin", "/usr/local/bin", "/usr/bin", "/bin")
        ours = {
            "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(self.workspace), "RUNNER_TEMP": str(self.folder),
            "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "HOME": str(self.folder), "PATH": os.pathsep.join(map(str, paths)),
        }  # fmt: skip
        before = () if "pip install" in step["run"] else self.cut
        answer = subprocess.run(
            [*before, str(require_tool("bash")), "-e", str(script)], cwd=self.workspace / self._fill(where),
            env={**ours, **self.env, **named}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        self.said += answer.stdout
        lines = [line.partition("=") for line in output.read_text().splitlines()]
        self.outputs |= {f"steps.{step.get('id')}.outputs.{name}": value for name, _, value in lines}
        return answer.returncode == 0

    def _fill(self, text: str) -> str:
        return _EXPRESSION.sub(lambda found: self.outputs[found[1]], text)
