"""The command line: where errors become text and an exit status."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `promptlab` with `arguments` (those of the process by default).

    Exit status 0: done; 1: done, and a person must look; 2: bad input or usage, nothing half-written.
    """
    from promptlab.cli.start import run

    status = run(list(sys.argv[1:] if arguments is None else arguments))
    if arguments is None:
        sys.exit(status)
    return status
