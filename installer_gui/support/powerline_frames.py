"""Looks at powerline networks as they may leave the computer: with every frame, and no device's own address.

The frames hold no key and no content of a QR code: neither is asked for, and others' frames are not kept.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from ..domain.powerline import EVERYBODY, LOCAL, Frame
from ..errors import Malformed
from ..protocols import pcap
from ..protocols.homeplug import decode
from .patterns import Kind
from .redaction import PLACEHOLDER, Redactor

HEADER = 12  # octets of the two addresses
_MAC = re.compile(r"([0-9a-f]{2}:){5}[0-9a-f]{2}")
_PUBLIC = frozenset({LOCAL, EVERYBODY, "00:00:00:00:00:00"})
_NAMED: Mapping[str, Kind] = {"serial": Kind.SERIAL, "station": Kind.STATION, "operator": Kind.NAME}
_HARMLESS = ("nid", "utc", "chip", "fw")  # a firmware's version may look like an address
_LEFT_OUT = ("sha256", "os")  # the digest is that of the record as it was


def encode(looks: Iterable[Mapping[str, Any]], redactor: Redactor) -> tuple[bytes, bytes]:
    """The looks as JSON, and their frames for Wireshark; two times b"" without looks.

    An address is the same numbered word as in the rest of the bundle; in frames it is 02:00:00:00 and that number.
    """
    redacted = [_look(look, redactor) for look in looks]
    if not redacted:
        return b"", b""
    told = json.dumps(redacted, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return told, pcap.encode(frame for look in redacted for frame in _frames(look))


def _look(look: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    frames = [frame for frame in look.get("frames", ()) if isinstance(frame, dict)]
    macs = {*_addresses(look, frames)} - _PUBLIC
    stand_ins = {bytes.fromhex(mac.replace(":", "")): _stand_in(mac, redactor) for mac in sorted(macs)}
    rest = {name: value for name, value in look.items() if name not in ("frames", *_LEFT_OUT)}
    return {
        **_safe(rest, redactor),
        "frames": [frame | {"hex": _without(frame.get("hex"), stand_ins)} for frame in frames],
    }


def _safe(value: Any, redactor: Redactor, name: str = "") -> Any:
    match value:
        case dict():
            return {key: _safe(part, redactor, str(key)) for key, part in value.items()}
        case list():
            return [_safe(part, redactor, name) for part in value]
        case str() if name in _NAMED:
            return redactor.mask(_NAMED[name], value)
        case str() if name not in _HARMLESS:
            return redactor.text(value)
        case _:
            return value


def _addresses(look: Mapping[str, Any], frames: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Every device's address that is told anywhere."""
    yield from _macs(look)
    for frame in frames:
        raw = _octets(frame.get("hex"))
        yield from _macs([raw[:6].hex(":"), raw[6:HEADER].hex(":")])
        try:
            body = decode(raw).body
        except Malformed:
            continue
        if body is not None:
            yield from _macs(dataclasses.asdict(body))


def _macs(value: Any) -> Iterator[str]:
    return filter(_MAC.fullmatch, _texts(value))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for part in value.values():
                yield from _texts(part)
        case list() | tuple():
            for part in value:
                yield from _texts(part)


def _stand_in(mac: str, redactor: Redactor) -> bytes:
    word = redactor.text(mac)
    number = int(word.strip("[]").rpartition("-")[2]) if PLACEHOLDER.fullmatch(word) else 0
    return b"\x02\0\0\0" + number.to_bytes(2)


def _without(text: Any, stand_ins: Mapping[bytes, bytes]) -> str:
    raw = _octets(text)
    for address, stand_in in stand_ins.items():
        raw = raw.replace(address, stand_in)
    return raw.hex()


def _octets(text: Any) -> bytes:
    try:
        return bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        return b""


def _frames(look: Mapping[str, Any]) -> Iterator[Frame]:
    begun = datetime.fromisoformat(look["utc"]).timestamp()
    for frame in look["frames"]:
        yield Frame(begun + frame["t"], bytes.fromhex(frame["hex"]), frame["dir"] == "tx")
