"""A distributor's profile: what it says beside one of ours, and how much less strict that makes it.

It may tell whose it is, move limits, and require more. What a station talks to and what is required already stay as
they are: a file that anybody can put beside the program must not take a server or a check away.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ..domain.brand import Brand
from ..domain.plain import Mismatch, from_plain
from ..domain.profile import Better, Limit, Profile, Source
from ..errors import BadInput
from .faults import faults

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Change:
    """Other marks of a limit, and where they were read; what is left out stays."""

    passes: float | None = None
    warns: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What stands in the file. `base` is the id of the profile of ours that everything else is taken from."""

    id: str
    base: str
    name: str
    version: str
    date: date
    brand: Brand | None = None
    sources: tuple[Source, ...] = ()
    limits: Mapping[str, Change] = field(default_factory=dict)
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(raw: bytes, name: str, ours: Mapping[str, Profile]) -> Profile:
    """The profile that a file makes of one of `ours`. Raises BadInput with every fault, the first in front."""
    try:
        overlay = from_plain(Overlay, tomllib.loads(raw.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput("input.bad-toml", file=name, cause=str(error)) from None
    except Mismatch as error:
        raise BadInput("input.bad-profile", file=name, key=error.key, expected=error.expected) from None
    if told := [*_faults(overlay, ours)]:
        raise refusal(name, told)
    made = _applied(overlay, ours[overlay.base])
    if told := [*faults(made)]:
        raise refusal(name, told)
    return replace(made, sha256=hashlib.sha256(raw).hexdigest())


def refusal(name: str, told: list[tuple[str, str]]) -> BadInput:
    """What is said of a file with these faults: key and what belongs there."""
    first, *others = (BadInput("input.bad-profile", file=name, key=key, expected=what) for key, what in told)
    first.others = tuple(others)
    return first


def _faults(overlay: Overlay, ours: Mapping[str, Profile]) -> Iterator[tuple[str, str]]:
    if overlay.id in ours or not _ID.fullmatch(overlay.id):
        yield "id", "an id of its own, of a-z, 0-9 and -"
    for key in ("name", "version"):
        if not getattr(overlay, key).strip():
            yield key, "a text"
    if overlay.base not in ours:
        yield "base", "one of " + ", ".join(ours)
        return
    there = ours[overlay.base].limits
    yield from ((f"limits.{limit}", "one of " + ", ".join(there)) for limit in overlay.limits if limit not in there)


def _applied(overlay: Overlay, base: Profile) -> Profile:
    limits = {name: _changed(limit, overlay.limits.get(name, Change())) for name, limit in base.limits.items()}
    groups = (*base.required, *(group for group in overlay.required if group not in base.required))
    required = {g: (*base.required.get(g, ()), *overlay.required.get(g, ())) for g in groups}
    return replace(
        base,
        id=overlay.id,
        base=base.id,
        name=overlay.name,
        version=overlay.version,
        date=overlay.date,
        brand=overlay.brand,
        sources=(*base.sources, *overlay.sources),
        limits=limits,
        required={group: tuple(dict.fromkeys(checks)) for group, checks in required.items()},
        loosened=tuple(name for name, limit in base.limits.items() if _is_looser(limits[name], limit)),
    )


def _changed(limit: Limit, change: Change) -> Limit:
    given: dict[str, Any] = {"passes": change.passes, "warns": change.warns, "source": change.source or None}
    return replace(limit, **{key: value for key, value in given.items() if value is not None})


def _is_looser(limit: Limit, ours: Limit) -> bool:
    """Whether something passes, or only warns, that did not."""
    sign = 1 if ours.better is Better.HIGH else -1
    return any(sign * new < sign * old for new, old in zip(_marks(limit), _marks(ours), strict=True))


def _marks(limit: Limit) -> tuple[float, float]:
    """From where on it passes, and from where on it does not fail."""
    return limit.passes, limit.passes if limit.warns is None else limit.warns
