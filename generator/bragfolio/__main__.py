"""Main: `brag`, `bragfolio` and `python -m bragfolio`."""

import sys

from bragfolio.cli.main import run
from bragfolio.cli.terminal import prepare_streams
from bragfolio.edge.signals import insist_on_interruptions


def main() -> None:
    """Run the command line of this process, and exit with its code."""
    prepare_streams()
    insist_on_interruptions()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
