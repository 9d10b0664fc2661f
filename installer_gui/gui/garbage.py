"""Python's collector of cycles runs in whatever thread allocates; Qt's objects may only be deleted in the window's.

So the automatic one is switched off, and the same generations are collected from a timer of the GUI thread. What the
program itself consists of never becomes garbage: it is frozen, because going through it holds the window up. PySide6
reads the source of every module that is imported after it, and Python keeps the lines; they are let go of as well.
"""

from __future__ import annotations

import gc
import linecache

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 500


class Collector(QObject):
    """Collects while it lives; `stop` gives the work back to Python."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        gc.disable()
        gc.freeze()
        linecache.clearcache()
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due."""
        linecache.clearcache()
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [generation for generation in (2, 1, 0) if counts[generation] > thresholds[generation]]
        if due:
            gc.collect(due[0])

    def stop(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
