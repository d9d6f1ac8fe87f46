"""Where the built app starts: the same commands as bgm-finder."""

import multiprocessing
import sys

from bgm_finder.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # an analysis worker is this same program, started again
    sys.exit(main())
