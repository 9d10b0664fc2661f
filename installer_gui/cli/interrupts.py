"""Holds Ctrl-C back while the program starts, so that a command which can stop in order does so even then."""

from __future__ import annotations

import signal
from typing import Any

_presses: list[int] = []


def hold() -> None:
    """Until `release` the first Ctrl-C is only remembered; the next one interrupts."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # it may be ignored, as in the background
        signal.signal(signal.SIGINT, _remember)


def release() -> None:
    """Give Ctrl-C its usual effect back. Raises KeyboardInterrupt when it was pressed meanwhile."""
    if signal.getsignal(signal.SIGINT) is _remember:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if _presses:
            raise KeyboardInterrupt


def pressed() -> bool:
    """Whether Ctrl-C was pressed while it was held back."""
    return bool(_presses)


def _remember(number: int, _: Any) -> None:
    if _presses:
        raise KeyboardInterrupt
    _presses.append(number)
