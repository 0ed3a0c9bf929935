"""Faults: breaks a program on purpose, in its own process; tests put this folder on PYTHONPATH and set BRAG_FAULT.

Python imports a module of this name as it starts. The words of BRAG_FAULT are separated by blanks:

- `record=FILE` appends the name of every function of core, app and edge to FILE, at its first call
- `raise=NAME` raises RuntimeError in the first call of that function; `raise=NAME@2` in the second
- `SIGKILL=NAME`, `SIGTERM=NAME@2` sends the process that signal there
- `forked` lets these two happen in forked processes only
- `no-exchange` makes the file system unable to exchange two folders
- `absent=NAME` hides a package from those who import it
- `impatient` lets nobody wait for a lock longer than 0.3 s
"""

import os
import re
import signal
import sys
from pathlib import Path
from types import FrameType

FLOORS = re.compile(r"bragfolio\.(core|app|edge)\.")


def name_of(frame: FrameType) -> str:
    """Return `module:function` of a call."""
    return f"{frame.f_globals.get('__name__', '')}:{frame.f_code.co_qualname}"


def record(file: Path) -> None:
    """Note the first call of each function."""
    seen: set[str] = set()

    def profile(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and (name := name_of(frame)) not in seen:
            seen.add(name)
            if FLOORS.match(name):
                with file.open("a", encoding="utf-8") as lines:
                    lines.write(name + "\n")

    sys.setprofile(profile)


def strike(target: str, number: signal.Signals | None, *, forked: bool) -> None:
    """Raise, or send a signal to the process, in one call of a function."""
    wanted, _, nth = target.partition("@")
    module, _, function = wanted.partition(":")
    left = int(nth or 1)
    first = os.getpid()

    def profile(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal left
        if event != "call" or frame.f_code.co_qualname != function or (forked and os.getpid() == first):
            return
        if not f"{frame.f_globals.get('__name__', '')}.".startswith(f"{module}."):
            return
        left -= 1
        if left == 0:
            if number is None:
                raise RuntimeError(f"a fault in {wanted}")
            os.kill(os.getpid(), number)

    sys.setprofile(profile)


def break_program(words: list[str]) -> None:
    """Do what BRAG_FAULT says."""
    for word in words:
        verb, _, argument = word.partition("=")
        if verb == "record":
            record(Path(argument))
        elif verb == "raise" or verb in signal.Signals.__members__:
            strike(argument, signal.Signals.__members__.get(verb), forked="forked" in words)
        elif verb == "absent":
            vars(sys)["modules"][argument] = None
        elif verb == "no-exchange":
            from bragfolio.edge import publish

            vars(publish)["_exchange"] = lambda _new, _old: False
        elif verb == "impatient":
            from bragfolio.edge import lock

            lock.build_lock.__wrapped__.__defaults__ = (0.3,)  # type: ignore[attr-defined] # what contextmanager wrapped


break_program(os.environ.get("BRAG_FAULT", "").split())
