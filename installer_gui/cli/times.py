"""Times on the command line."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time


def moment(text: str) -> datetime:
    """A day (its beginning) or a time, in this computer's zone where none is given."""
    try:
        made = datetime.fromisoformat(text) if "T" in text else datetime.combine(date.fromisoformat(text), time())
        return made.astimezone()
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError("a day or a time such as 2026-11-25 or 2026-11-25T14:30") from None
