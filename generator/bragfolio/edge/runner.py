"""Runner: what a machine of GitHub Actions says about the repository that it works for.

Source: GitHub's documentation, "Store information in variables" and "Webhook events and payloads"; events of a schedule name
the repository, too (GitHub's changelog of 2022-09-27).
"""

from __future__ import annotations

import json
import os
from pathlib import Path


def is_open_on_github(top: Path) -> bool:
    """Tell whether this is a runner of GitHub Actions, works for the repository at *top*, and everybody can read that.

    False where GitHub does not say, and for another repository that was fetched beside its own.
    """
    workspace, event = os.environ.get("GITHUB_WORKSPACE"), os.environ.get("GITHUB_EVENT_PATH")
    if os.environ.get("GITHUB_ACTIONS") != "true" or not workspace or not event:
        return False
    try:
        is_its_own = Path(workspace).resolve() == top.resolve()
        repository = json.loads(Path(event).read_bytes())["repository"]
        return is_its_own and repository["private"] is False
    except (OSError, ValueError, KeyError, TypeError):
        return False
