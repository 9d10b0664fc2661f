"""What page one says of requirements that are not ours: that nobody known has signed them, and what they let pass."""

from __future__ import annotations

from collections.abc import Iterator

from .display import clip
from .wording import Wording

_LONGEST, _MOST = 60, 160


def notes(wording: Wording) -> Iterator[str]:
    profile, words = wording.content.profile, wording.words
    if not profile.base:
        return
    if not profile.signer:
        whose = profile.brand.name if profile.brand else profile.name
        yield words.text("paper.requirements.unknown", name=clip(whose, _LONGEST))
    if profile.loosened:
        limits = ", ".join(
            words.of("paper", "limit", n) if words.has("paper", "limit", n) else n for n in profile.loosened
        )
        yield words.text("paper.requirements.loosened", base=clip(profile.base, _LONGEST), limits=clip(limits, _MOST))
