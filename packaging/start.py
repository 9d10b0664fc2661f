"""The frozen program's entry."""

import multiprocessing

from installer_gui.__main__ import start

if __name__ == "__main__":
    multiprocessing.freeze_support()
    start()
