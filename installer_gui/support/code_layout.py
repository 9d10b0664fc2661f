"""What a result code holds, and in which order: one entry of resources/codes.toml a version of a profile."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .. import assets
from ..domain.job import Connection
from ..domain.plain import from_plain
from ..domain.profile import Profile
from ..errors import BadInput, NotOurs


@dataclass(frozen=True, slots=True)
class Layout:
    """`site` are the checks that are made once, `station` those of every station; `of` holds those of a connection."""

    number: int
    profile: str
    version: str
    site: tuple[str, ...]
    station: tuple[str, ...]
    of: Mapping[str, tuple[str, ...]]

    def once(self, connection: Connection | None) -> tuple[str, ...]:
        """The checks that are made once at a site."""
        return (*self.site, *self.of.get(f"{connection}", ()))

    def per_station(self, connection: Connection | None) -> tuple[str, ...]:
        """The checks that are made of every station."""
        return (*self.of.get(f"{connection}-station", ()), *self.station)

    def checks(self, connection: Connection | None) -> tuple[str, ...]:
        return (*self.once(connection), *self.per_station(connection))


@dataclass(frozen=True, slots=True)
class _Ledger:
    layouts: tuple[Layout, ...]


@cache
def layouts() -> tuple[Layout, ...]:
    """All that ever were, the newest last."""
    return from_plain(_Ledger, tomllib.loads(assets.resource("codes.toml").read_text(encoding="utf-8"))).layouts


def of(profile: Profile) -> Layout:
    """The layout of a profile. Raises BadInput where it has none, as a profile of a distributor's own."""
    for layout in reversed(layouts()):
        if (layout.profile, layout.version) == (profile.id, profile.version):
            return layout
    raise BadInput("code.no-layout", profile=profile.id, version=profile.version)


def numbered(number: int) -> Layout:
    """Raises NotOurs for a number that only a newer version of this program knows."""
    for layout in layouts():
        if layout.number == number:
            return layout
    raise NotOurs("code.newer")
