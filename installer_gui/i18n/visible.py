"""Foreign text made safe to show: no character may move the cursor, hide, or turn the reading direction."""

from __future__ import annotations

import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # hold emoji and some scripts together, and can do no harm


def visible(text: str) -> str:
    """One line of `text`; what cannot be seen is shown as U+FFFD, line breaks and tabs as blanks."""
    if text.isprintable():
        return text
    return "".join(map(_shown, " ".join(text.splitlines()).replace("\t", " ")))


def _shown(character: str) -> str:
    unseen = unicodedata.category(character) in _UNSEEN and character not in _JOINERS
    return "\ufffd" if unseen else character
