"""python -m bgm_finder: the same as the command bgm-finder."""

import sys

from bgm_finder.cli import main

if __name__ == "__main__":  # worker processes import this file too
    sys.exit(main())
