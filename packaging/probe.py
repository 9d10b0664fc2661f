"""The entry of the frozen program that runs with rights."""

import sys

from installer_gui.privileged.__main__ import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
