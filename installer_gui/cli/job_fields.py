"""The fields of a job as options, and the changes that they ask for."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..domain.job import Connection, Job, Station
from ..domain.profile import Profile
from ..errors import BadInput
from ..i18n import LANGUAGES
from ..session import changes, later, plan, station_list, stations

_SITE = ("street", "postcode", "town", "country", "customer")
_INSTALLER = ("company", "org_no", "person", "phone", "email")
_OWNER = ("name", "phone", "email")


def add_to(parser: argparse.ArgumentParser) -> None:
    """An option for every field; what is not given stays as it is."""
    for name in ("site_name", *_SITE, *(f"network_owner_{part}" for part in _OWNER), *_INSTALLER, "order_no", "ssid"):
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT", type=stations.printable)
    parser.add_argument("--connection", choices=[c.value for c in Connection])
    parser.add_argument(
        "--connection-of",
        action="append",
        default=[],
        metavar="CONNECTION=NAME,..",
        help="of some stations, repeatable",
    )
    parser.add_argument("--later", choices=["yes", "no"], help="put off what needs the internet")
    parser.add_argument("--paper-language", choices=LANGUAGES)
    parser.add_argument("--stations", type=_count, metavar="N", help="this many stations, new ones named A1, A2, …")
    parser.add_argument(
        "--station", action="append", default=[], metavar="NAME,PLACE,SERIAL,MAC", help="add or change one, repeatable"
    )


def applied(job: Job, args: Any, profile: Profile) -> Job:
    """The job with the given fields changed; what was measured under another answer is outdated. Raises BadInput."""
    rules = plan.rules(profile)
    owner = replace(job.site.network_owner, **_given(args, _OWNER, "network_owner_"))
    site = replace(job.site, network_owner=owner, **_given(args, _SITE), **_given(args, ("name",), "site_"))
    job = replace(
        job,
        site=site,
        installer=replace(job.installer, **_given(args, _INSTALLER)),
        **_given(args, ("order_no", "paper_language")),
    )
    if args.connection:
        job = changes.with_connection(job, Connection(args.connection))
    if args.ssid is not None:
        job = changes.with_ssid(job, args.ssid, rules)
    job = _with_connections(_with_stations(job, args), args.connection_of)
    match args.later:
        case "yes":
            return later.put_off(job, profile)
        case "no":
            return later.taken_up(job)
        case _:
            return job


def _with_connections(job: Job, lines: Iterable[str]) -> Job:
    for line in lines:
        word, _, said = line.partition("=")
        names = [name for part in said.split(",") if (name := stations.printable(part))]
        if word not in list(Connection):
            raise BadInput("input.no-such-connection", name=word)
        for unknown in set(names) - {s.id for s in job.stations}:
            raise BadInput("input.no-such-station", name=unknown)
        job = changes.connected(job, names, Connection(word))
    return job


def _given(args: Any, names: Iterable[str], prefix: str = "") -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(args, prefix + name)) is not None}


def _with_stations(job: Job, args: Any) -> Job:
    named = {s.id: s for s in job.stations} | {s.id: s for s in _named(args.station)}
    listed: tuple[Station, ...] = tuple(named.values())
    if args.stations is not None:
        listed = stations.resized(listed, args.stations)
    return changes.with_stations(job, listed[: stations.MOST]) if listed != job.stations else job


def _named(lines: Iterable[str]) -> tuple[Station, ...]:
    pasted = station_list.parse("\n".join(" ".join(line.splitlines()) for line in lines))
    if pasted.repeated:
        raise BadInput("input.station-twice", name=pasted.repeated[0])
    return pasted.stations


def _count(text: str) -> int:
    if not text.isdecimal() or int(text[:9]) > stations.MOST:
        raise argparse.ArgumentTypeError(f"a number from 0 to {stations.MOST}")
    return int(text)
