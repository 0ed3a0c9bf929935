"""Audit: asks whether anything that is shipped, or that makes what is shipped, has a known vulnerability.

The exit code is 0 only when every library was asked about and nothing is known of any. No answer is a failure, never a
pass. Nothing that is shipped comes from npm but two fonts, so npm's own audit has nothing to say here.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.tools.locks import Pin, read_pins, write_pins

PURPOSES = ("runtime", "build")
"""The locks of what users install, and of what makes the wheel."""
SERVICES = {"pypi": "the Python Packaging Advisory Database, by PyPI", "osv": "OSV, by Google"}
"""Whom pip-audit may ask, in this order: the first that answers for everything counts."""
TIMEOUT_S = 15
"""For each request."""


def ask(service: str, pins: Sequence[Pin]) -> dict[str, list[str]] | str:
    """Return the known vulnerabilities of each library by its name; or the reason why that is not known."""
    with tempfile.TemporaryDirectory() as folder:
        lock = write_pins(pins, Path(folder) / "lock.txt")
        command = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes", "--requirement", str(lock),
                   "--vulnerability-service", service, "--timeout", str(TIMEOUT_S), "--format", "json",
                   "--progress-spinner", "off", "--cache-dir", f"{folder}/cache"]  # fmt: skip
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return read_answer(answer.stdout, answer.stderr, pins)


def read_answer(out: str, err: str, pins: Sequence[Pin]) -> dict[str, list[str]] | str:
    """Read what pip-audit printed; an answer that leaves a library out is none."""
    try:
        told = json.loads(out)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        return (err.strip().splitlines() or ["it said nothing"])[-1][:300]
    known = {one["name"]: [fault["id"] for fault in one["vulns"]] for one in told if "vulns" in one}
    missing = sorted({pin.name for pin in pins} - known.keys())
    return f"it did not answer for {', '.join(missing)}" if missing else known


def main() -> int:
    """Ask each service until one answers for everything; print what is known."""
    pins = list({pin.name: pin for purpose in PURPOSES for pin in read_pins(purpose)}.values())
    for service, name in SERVICES.items():
        answer = ask(service, pins)
        if isinstance(answer, str):
            print(f"audit: no answer from {name}: {answer}")
            continue
        faults = {library: ids for library, ids in answer.items() if ids}
        for library, ids in faults.items():
            print(f"audit: {library} has known vulnerabilities: {', '.join(ids)}")
        print(f"audit: {name} was asked about {len(answer)} libraries; {len(faults)} have known vulnerabilities")
        if not faults:
            return 0
        break
    else:
        print(
            f"audit: NOT MADE for {len(pins)} libraries, since nobody answered for all of them. That is a failure, too."
        )
    print("audit: FAILED. What is in dist/ must not be published; `make audit` asks again.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
