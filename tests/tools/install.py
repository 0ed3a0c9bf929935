"""Tool installer: brings what the tests need from outside, or says what to install.

`python -m tests.tools.install` uses apt-get where it may (as root, or with a sudo that asks no password) and npm.
What is still missing then is listed; the tests that need it skip, and with CI=true this exits with 1.
"""

import shutil
import subprocess
import sys

from tests.tools import node
from tests.tools.system import TOOLS, find_tool, is_ci, runs_as_root


def list_missing() -> list[str]:
    """List the tools that are not here, by name."""
    find_tool.cache_clear()
    return [name for name in TOOLS if find_tool(name) is None]


def find_apt_get() -> list[str]:
    """Give the command that may install Debian packages without asking; empty where there is none."""
    if shutil.which("apt-get") is None:
        return []
    if runs_as_root():
        return ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return []


def install_packages(packages: list[str]) -> None:
    """Install Debian packages where we may; a failure shows in what is missing afterwards."""
    apt_get = find_apt_get()
    if not apt_get:
        return
    print(f"Installing with apt-get: {' '.join(packages)}", flush=True)
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run([*apt_get, "-qq", *command], stdout=subprocess.DEVNULL, check=False)


def main() -> int:
    """Bring every tool, list what is still missing; the exit code counts it only when CI=true."""
    packages = sorted({package for name in list_missing() for package in TOOLS[name].packages})
    if packages:
        install_packages(packages)
    node.install()
    missing = list_missing()
    for name in missing:
        tool = TOOLS[name]
        how = f"apt-get install {' '.join(tool.packages)}" if tool.packages else "npm ci in tests/web failed, see above"
        print(f"Missing: {name} ({tool.reason}): {how}")
    if missing:
        print("The tests that need it fail, as CI=true." if is_ci() else "The tests that need it are skipped.")
    return 1 if missing and is_ci() else 0


if __name__ == "__main__":
    sys.exit(main())
