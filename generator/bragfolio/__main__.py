"""Main: `brag`, `bragfolio` and `python -m bragfolio`."""

import gc
import sys

from bragfolio.cli.main import run
from bragfolio.cli.terminal import prepare_streams
from bragfolio.edge.signals import insist_on_interruptions


def main() -> None:
    """Run the command line of this process, and exit with its code."""
    prepare_streams()
    insist_on_interruptions()
    gc.disable()  # a command makes much, drops little and ends soon; collecting costs a build a tenth of its start

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
