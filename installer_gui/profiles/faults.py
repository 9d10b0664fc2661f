"""What has the right type in a profile and is still wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .. import assets
from ..domain.finding import Severity
from ..domain.job import Connection
from ..domain.profile import Limit, Profile

REQUIRED = ("always", "internet", "station")
GROUPS = (*REQUIRED, *(group for c in Connection for group in (c.value, f"{c.value}-station")))


def faults(profile: Profile) -> Iterator[tuple[str, str]]:
    """The key and what belongs there, of everything wrong."""
    yield from _endpoints(profile)
    yield from _required(profile)
    yield from _limits(profile)
    if profile.brand:
        yield from ((f"brand.{key}", expected) for key, expected in profile.brand.faults())


def _endpoints(profile: Profile) -> Iterator[tuple[str, str]]:
    for i, endpoint in enumerate(profile.endpoints):
        if endpoint.roots and not assets.resource("roots", f"{endpoint.roots}.pem").is_file():
            yield f"endpoints[{i}].roots", "a file in resources/roots"
        if not 1 <= endpoint.port <= 65535:
            yield f"endpoints[{i}].port", "a port from 1 to 65535"


def _required(profile: Profile) -> Iterator[tuple[str, str]]:
    """A group that is misspelt or left out would never be asked for, and the site would pass without it."""
    for group in profile.required:
        if group not in GROUPS:
            yield f"required.{group}", "one of " + ", ".join(GROUPS)
    for group in REQUIRED:
        if not profile.required.get(group):
            yield f"required.{group}", "a list of checks"


def _limits(profile: Profile) -> Iterator[tuple[str, str]]:
    sources = {source.id for source in profile.sources}
    for name, limit in profile.limits.items():
        if limit.source not in sources:
            yield f"limits.{name}.source", "one of " + ", ".join(sorted(sources))
        if limit.warns is not None and not _as_good(limit.passes, limit.warns, limit):
            yield f"limits.{name}.warns", "a number that is no better than passes"


def _as_good(value: float, mark: float, limit: Limit) -> bool:
    return replace(limit, passes=mark, warns=None).judge(value) is Severity.OK
