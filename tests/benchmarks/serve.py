"""Serve: seconds from a save to the reloaded page in Chromium, with a portfolio of 1,000 entries; `make bench-serve` runs it.

ARGS: `--entries 1000 --rounds 20 --strict` (exit 1 when the 95th percentile is above the goal). The server is a process of its
own, as its users start it; the clock runs from before the file is written until the new words stand in the page.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

REPOSITORY = Path(__file__).parents[2]
sys.path[:0] = [str(REPOSITORY)]

from tests.benchmarks.entries import write_for_brag  # noqa: E402 - after the path
from tests.benchmarks.installed import brag  # noqa: E402
from tests.benchmarks.meter import environment  # noqa: E402
from tests.tools.system import chromium_flags, find_tool  # noqa: E402

GOAL_S = 0.3
"""What 95 of 100 saves should take at most."""


SHOWN = """
addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => requestAnimationFrame(() => {
  console.log("shown", /Saved for the (\\d+) th time/.exec(document.body.textContent)?.[1], Date.now());
})));
"""
"""Says in the page itself when a save is on the screen: Playwright looks for words only now and then, half a second apart in the end."""


def main() -> int:
    """Print the figures; 1 with --strict when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--strict", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="brag-bench-") as folder:
        root = Path(folder)
        write_for_brag(root, arguments.entries)
        seconds = sorted(measure(root, arguments.rounds))
    worst = seconds[math.ceil(0.95 * len(seconds)) - 1]
    print(f"{arguments.entries} entries, save to reloaded page, {arguments.rounds} saves, {os.cpu_count()} cores")
    print(f"median {statistics.median(seconds):.3f} s   95 % {worst:.3f} s   most {seconds[-1]:.3f} s")
    return int(arguments.strict and worst > GOAL_S)


def measure(root: Path, rounds: int) -> list[float]:
    """Return the seconds of each save, the first one, which warms up, left out."""
    command = [*brag(), "-C", str(root), "--json", "serve", "--no-pdf", "--port", "0"]
    quiet, mine = subprocess.DEVNULL, environment(os.environ)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, text=True, env=mine) as process:
        try:
            return list(_in_browser(root, _first_words(process)["address"], rounds))[1:]
        finally:
            process.terminate()


def _first_words(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout
    text = ""
    while not text.endswith("}\n"):
        line = process.stdout.readline()
        if not line:
            sys.exit("brag serve ended")
        text += line
    said: dict[str, Any] = json.loads(text)
    return said


def _in_browser(root: Path, address: str, rounds: int) -> list[float]:
    chromium = find_tool("chromium")
    if chromium is None:
        sys.exit("there is no Chromium: make tools")
    entry = min((root / "site_content" / "achievements").glob("*.md"))
    text = entry.read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_flags())
        page = browser.new_page()
        page.add_init_script(SHOWN)
        page.goto(f"{address}achievements/{entry.stem}.html")
        page.locator("brag-live .status", has_text="live").wait_for()
        seconds = [
            _save(page, entry, f"{text}\nSaved for the {number} th time.\n", number) for number in range(rounds + 1)
        ]
        browser.close()
    return seconds


def _save(page: Page, entry: Path, text: str, number: int) -> float:
    time.sleep(0.5)
    start = time.time()
    with page.expect_console_message(lambda message: message.text.startswith(f"shown {number} ")) as told:
        entry.write_text(text)
    return float(told.value.text.split()[2]) / 1e3 - start


if __name__ == "__main__":
    sys.exit(main())
