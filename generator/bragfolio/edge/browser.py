"""Browser: opens a page in the one that the user has."""

from __future__ import annotations

import threading
import webbrowser

from bragfolio.edge.signals import uninterrupted


def open_address(address: str) -> None:
    """Open *address*, without waiting for it: a browser in the terminal would take its time."""
    with uninterrupted():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
