"""What the signature says of itself on page one, in the paper's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import fonts
from .content import Content, Timestamp
from .display import clean
from .front import groups
from .view import wording_of

_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Appearance:
    """Words of the signature: the lines in its frame, its name for screen readers, and the reason.

    `colour` ("#RRGGBB") is that of the first line, "" for the program's own.
    """

    lines: Sequence[str]
    label: str
    reason: str
    colour: str = ""

    @property
    def alt(self) -> str:
        """All that the frame says, for those who cannot see it."""
        return f"{self.label}: {', '.join(self.lines)}"


def of(content: Content) -> Appearance:
    """The words for a content that names its signer."""
    assert content.signer is not None
    wording = wording_of(content)
    words, signer, moment = wording.words, content.signer, wording.moment(content.issued)
    if isinstance(content.timestamp, Timestamp):
        when = words.text("paper.signed-stamped", moment=moment, authority=content.timestamp.authority)
    else:
        when = words.text("paper.signed-at", moment=moment)
    lines = (
        signer.name,
        signer.organisation,
        when,
        words.of("identity", "level", signer.level),
        words.text("paper.signed-with", fingerprint=groups(signer.fingerprint[:16])),
    )
    shown = tuple(clean(line, fonts.covered(), _LONGEST) for line in lines if line)
    brand = content.profile.brand
    colour = brand.colour if brand and not any(brand.faults()) else ""
    return Appearance(shown, words.text("paper.signature-label"), words.text("paper.title"), colour)
