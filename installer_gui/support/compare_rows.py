"""What changed between the rows of two certificates: checks, endpoints, DHCP servers, and WiFi at every station."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..certificate import wifi
from ..certificate.content import Row
from ..certificate.wifi import Reading
from ..domain.finding import Quantity, Severity, Subject
from ..domain.verdict import State
from .change import Change, Direction, Kind, between

NOISE_DB = 6  # the same computer at the same place hears this much more or less on another day
DHCP = "dhcp-server"
Key = tuple[str, Subject]
Rows = Mapping[Key, Row]


def changes(old: Rows, new: Rows) -> Iterator[Change]:
    """Everything that differs, by check and subject."""
    for key in dict.fromkeys((*old, *new)):
        yield from _check(key, old.get(key), new.get(key))
    yield from _dhcp_servers(old.values(), new.values())
    for key in (key for key in old if key in new):
        yield from _root(key, old[key], new[key])
        if key[0] == wifi.CHECK and key[1].kind == "station":
            yield from _signal(key, wifi.reading(old[key]), wifi.reading(new[key]))


def _check(key: Key, old: Row | None, new: Row | None) -> Iterator[Change]:
    """A check whose state or whose faults are not the same."""
    row, faults = new or old, (_faults(old), _faults(new))
    if row is None or not _differs(old, new):
        return
    kind = Kind.ENDPOINT if row.host else Kind.CHECK
    before, after = old.state.value if old else None, new.state.value if new else None
    yield Change(kind, _direction(old, new), before, after, key[1], key[0], *faults)


def _differs(old: Row | None, new: Row | None) -> bool:
    """That a new check is well, or that a station is gone with its checks, need not be told."""
    if new is None:
        return old is not None and old.subject.kind != "station"
    if old is None:
        return new.state in (State.WARN, State.FAIL)
    return old.state is not new.state or _faults(old) != _faults(new)


def _direction(old: Row | None, new: Row | None) -> Direction:
    """A check that is made for the first time can only be bad news; one that is not made any more is none."""
    if new is None:
        return Direction.CHANGED
    if old is None:
        return Direction.WORSE if new.state is State.FAIL else Direction.CHANGED
    if old.state is not new.state:
        return between(old.state, new.state, required=new.required)
    before, after = set(_faults(old)), set(_faults(new))
    if before < after:
        return Direction.WORSE
    return Direction.BETTER if after < before else Direction.CHANGED


def _faults(row: Row | None) -> tuple[str, ...]:
    lines = row.findings if row else ()
    return tuple(sorted({line.code for line in lines if line.severity in (Severity.WARNING, Severity.FAILURE)}))


def _root(key: Key, old: Row, new: Row) -> Iterator[Change]:
    """Under which root a server's certificate is."""
    before, after = _evidence(old, "root"), _evidence(new, "root")
    if before and after and before != after:
        yield Change(Kind.ROOT, Direction.CHANGED, before, after, key[1], key[0])


def _dhcp_servers(old: Iterable[Row], new: Iterable[Row]) -> Iterator[Change]:
    before, after = _servers(old), _servers(new)
    if before and after and before != after:
        yield Change(Kind.DHCP_SERVERS, Direction.CHANGED, before, after, check=DHCP)


def _servers(rows: Iterable[Row]) -> tuple[str, ...]:
    """The DHCP servers that were heard, with their MAC addresses."""
    found: set[str] = set()
    for line in (line for row in rows if row.check == DHCP for line in row.findings):
        match line.evidence.get("servers"), line.evidence.get("server"), line.evidence.get("mac"):
            case tuple(several), _, _:
                found.update(several)
            case _, str(server), str(mac):
                found.add(f"{server} ({mac})")
    return tuple(sorted(found))


def _signal(key: Key, old: Reading, new: Reading) -> Iterator[Change]:
    """Level, channel and access point at a station that was measured both times."""
    check, subject = key
    if old.decides is not None and new.decides is not None and old.decides != new.decides:
        gained = new.decides - old.decides
        went = Direction.BETTER if gained > 0 else Direction.WORSE
        levels = Quantity(old.decides, "dBm"), Quantity(new.decides, "dBm")
        yield Change(Kind.LEVEL, went if abs(gained) >= NOISE_DB else Direction.CHANGED, *levels, subject, check)
    pairs = ((Kind.CHANNEL, old.channel, new.channel), (Kind.ACCESS_POINT, old.bssid, new.bssid))
    for kind, before, after in pairs:
        if before and after and before != after:
            yield Change(kind, Direction.CHANGED, before, after, subject, check)


def _evidence(row: Row, name: str) -> str:
    values = (line.evidence.get(name) for line in row.findings)
    return next((value for value in values if isinstance(value, str)), "")
