"""Validator: what the Nu HTML checker calls an error."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from tests.tools.system import require_tool

_JAVA: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")
"""It runs for seconds: what the best compiler costs does not come back. Unoptimised code wants a deeper stack."""


class Fault(NamedTuple):
    """One error: the file's name, what is wrong, and the text around it."""

    file: str
    message: str
    extract: str


def validate(files: Iterable[Path]) -> list[Fault]:
    """Return what is wrong in HTML and CSS files, in one run of the validator."""
    words = [require_tool("java"), *_JAVA, "-jar", require_tool("vnu"), "--format", "json", "--also-check-css", *files]
    answer = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    return [
        Fault(said.get("url", "").rpartition("/")[2], said["message"], said.get("extract", ""))
        for said in json.loads(answer.stderr)["messages"]
        if said["type"] != "info"  # what is no error is an information; the validator's own failure is neither
    ]
