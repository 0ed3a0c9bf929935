"""Exit codes: what a command tells the shell."""

from enum import IntEnum


class Exit(IntEnum):
    """The codes that scripts and CI may rely on."""

    OK = 0
    PROBLEMS = 1
    """Problems in content or settings."""
    USAGE = 2
    """Wrong words on the command line."""
    ENVIRONMENT = 3
    """Disk, permission, lock, port."""
    BUG = 70
    """A bug in Brag (EX_SOFTWARE of sysexits.h)."""
    INTERRUPTED = 130
    """SIGINT: 128 + 2."""
    TERMINATED = 143
    """SIGTERM: 128 + 15."""
