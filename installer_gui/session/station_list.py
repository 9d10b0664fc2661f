"""A list of stations from a spreadsheet or a CSV file: nothing that stands in it is lost, and every doubt has its row.

Cells stand between tabs, semicolons or commas, in quotes where they hold one of these. A first row of column names is
recognised in three languages; without one, serial numbers, addresses and connections are known by their form.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ..domain.job import Connection, Station
from ..errors import BadInput
from .stations import MOST, SERIAL, mac, names, printable

_SEPARATORS = "\t;,"
_OPENING = re.compile(r'(?:^|[\t;,])"')
_LONGEST = 5  # lines that one row may span, inside quotes


class Fault(StrEnum):
    """What is wrong with a row. The row is taken all the same, except TOO_MANY."""

    SAME_NAME = "same-name"
    BAD_MAC = "bad-mac"
    NO_CONNECTION = "no-connection"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class Row:
    """A station as it was read, the line where it stands, and what is wrong there. A name that was taken is altered."""

    line: int
    station: Station
    faults: tuple[Fault, ...] = ()
    written: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A list as it was read."""

    rows: tuple[Row, ...] = ()

    @property
    def stations(self) -> tuple[Station, ...]:
        """What can be used of it."""
        return tuple(row.station for row in self.rows if Fault.TOO_MANY not in row.faults)

    @property
    def faulty(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.faults)

    @property
    def repeated(self) -> tuple[str, ...]:
        """The names that stood in it more than once."""
        return tuple(dict.fromkeys(row.written for row in self.rows if Fault.SAME_NAME in row.faults))


def parse(text: str, first: str = "A1") -> Pasted:
    """Read a list; stations without a name get the next one after `first`."""
    lines = [(line, fields) for line, fields in _records(text) if any(fields)]
    header = _header(lines[0][1]) if lines else None
    made = [_row(line, fields, header) for line, fields in (lines[1:] if header else lines)]
    return Pasted(tuple(_named(made, first)))


def merged(before: Iterable[Station], listed: Iterable[Station]) -> tuple[Station, ...]:
    """The listed stations; what the list leaves open of one that was there before stays known."""
    known = {s.id: s for s in before}
    return tuple(_filled(made, known[made.id]) if made.id in known else made for made in listed)


def added(before: Sequence[Station], listed: Iterable[Station]) -> tuple[Station, ...]:
    """The stations that were there before, with what the list says of them, then the new ones."""
    by_name = {s.id: s for s in merged(before, listed)}
    return (*(by_name.pop(s.id, s) for s in before), *by_name.values())[:MOST]


def read(raw: bytes, name: str) -> str:
    """The text of a file of UTF-8, UTF-16 or Windows' own letters. Raises BadInput for a spreadsheet's own format."""
    if raw[:2] == b"PK" or raw[:4] == b"\xd0\xcf\x11\xe0":
        raise BadInput("input.spreadsheet", file=name)
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", "replace")


def connection_of(text: str) -> Connection | None:
    """A connection by any of its usual names, in any of the languages."""
    return _CONNECTIONS.get(_plain(text))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the number of its first line; a quote that is never closed is only a character."""
    lines = text.lstrip("\ufeff").splitlines()
    at = 0
    while at < len(lines):
        end = next((e for e in range(at + 1, at + 1 + _LONGEST) if not _open(lines[at:e])), at + 1)
        yield at + 1, _fields(lines[at:end])
        at = end


def _open(lines: Sequence[str]) -> bool:
    """Whether a quote that opened in these lines is still open."""
    return bool(_OPENING.search(lines[0])) and "\n".join(lines).count('"') % 2 == 1


def _fields(lines: Sequence[str]) -> list[str]:
    text = " ".join(lines)
    separator = next((s for s in _SEPARATORS if s in text), "\t")
    if not _OPENING.search(text) or text.count('"') % 2:
        return [printable(field) for field in text.split(separator)]
    return [printable(field) for field in next(csv.reader([text], delimiter=separator), [])]


def _header(fields: Sequence[str]) -> dict[str, int] | None:
    """Which column holds what, where the row names columns: two of them, or all that there are."""
    kinds = {
        _COLUMNS[word]: at for at, field in reversed(list(enumerate(fields))) if (word := _plain(field)) in _COLUMNS
    }
    filled = [field for field in fields if field]
    return kinds if len(kinds) >= 2 or (kinds and len(kinds) == len(filled)) else None


def _row(line: int, fields: Sequence[str], header: Mapping[str, int] | None) -> Row:
    cells = dict(enumerate(fields))
    told = {kind: cells.pop(at, "") for kind, at in header.items()} if header else _recognised(cells)
    rest = [told.get("place", ""), *(cell for cell in cells.values() if cell)]
    faults = []
    address, connection = mac(told.get("mac", "")), connection_of(told.get("connection", ""))
    if told.get("mac") and address is None:
        faults.append(Fault.BAD_MAC)
        rest.append(told["mac"])
    if told.get("connection") and connection is None:
        faults.append(Fault.NO_CONNECTION)
        rest.append(told["connection"])
    place = ", ".join(filter(None, rest))
    made = Station(
        told.get("name", ""), place, told.get("serial", "").upper(), address or "", connection, told.get("circuit", "")
    )
    return Row(line, made, tuple(faults), made.id)


def _recognised(cells: dict[int, str]) -> dict[str, str]:
    """What a row without column names holds, taken out of its cells; the first that has no such form is the name."""
    told: dict[str, str] = {}
    for kind, fits in (("serial", SERIAL.fullmatch), ("mac", mac)):
        if (at := next((at for at, cell in cells.items() if cell and fits(cell)), None)) is not None:
            told[kind] = cells.pop(at)
    if (at := next((at for at, cell in cells.items() if at and connection_of(cell)), None)) is not None:
        told["connection"] = cells.pop(at)
    if (at := next((at for at, cell in cells.items() if cell), None)) is not None:
        told["name"] = cells.pop(at)
    return told


def _named(rows: Sequence[Row], first: str) -> Iterator[Row]:
    """The rows with a name each, no two alike, and those that are too many marked."""
    written, taken, free = {row.station.id for row in rows}, set[str](), names(first)
    for at, row in enumerate(rows):
        name, faults = row.station.id, row.faults
        if not name:
            name = next(n for n in free if n not in written)
        elif name in taken:
            faults = (Fault.SAME_NAME, *faults)
            name = next(n for k in range(2, MOST + 2) if (n := f"{name} ({k})") not in taken | written)
        if at >= MOST:
            faults = (Fault.TOO_MANY, *faults)
        taken.add(name)
        yield replace(row, station=replace(row.station, id=name), faults=faults)


def _filled(made: Station, known: Station) -> Station:
    return Station(
        made.id,
        made.place or known.place,
        made.serial or known.serial,
        made.mac or known.mac,
        made.connection or known.connection,
        made.circuit or known.circuit,
    )


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _table(words: Mapping[str, str]) -> dict[str, str]:
    return {word: kind for kind, several in words.items() for word in several.split()}


_COLUMNS = _table(
    {
        "name": "name namn navn id nr no station stationsnamn laddstation ladestasjon laddpunkt ladepunkt laddplats "
        "ladeplass chargingstation stationname parkeringsplats parkeringsplass parking pplats",
        "place": "place location plats placering plass plassering beskrivning beskrivelse description",
        "serial": "serial serialnumber serialno sn serienummer serienr serienumer",
        "circuit": "circuit circuits krets grupp gruppe kurs matning sikring säkring fuse",
        "mac": "mac macaddress macadress macadresse plcmac",
        "connection": "connection connectiontype anslutning anslutningstyp anslutningsätt tilkobling tilkoblingstype "
        "kommunikation kommunikasjon communication uppkoppling",
    }
)
_CONNECTIONS = {
    word: Connection(kind)
    for word, kind in _table(
        {
            "wifi": "wifi wlan wifi24ghz trådlöst trådløst wireless",
            "plc": "plc powerline plcpowerline powerlineplc elnät elnätet strømnett strømnettet",
            "lte-m": "ltem lte 4g 4gltem mobil mobile mobilnät mobilnett mobilnät4gltem mobilnett4gltem "
            "mobilenetwork4gltem",
            "ethernet": "ethernet kabel cable lan nätverkskabel nettverkskabel nätverkskabelethernet "
            "nettverkskabelethernet networkcableethernet",
        }
    ).items()
}
