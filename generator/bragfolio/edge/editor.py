"""Editor: opens a file in the editor that the user chose."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path


def open_in_editor(path: Path) -> bool:
    """Open *path* in $VISUAL or $EDITOR and wait for it; False when neither names a program."""
    try:
        words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError:  # a quote that is not closed
        return False
    program = shutil.which(words[0]) if words else None
    if program is None:
        return False
    return subprocess.run([program, *words[1:], str(path)], check=False).returncode == 0
