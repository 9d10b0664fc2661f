"""The evidence of one look at a powerline network as JSON: what was found, by which limits, and every frame.

No network key can be in it, for none is ever asked for.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from .. import __version__
from ..checks import plc_station
from ..domain.finding import Grade, Severity, server
from ..domain.job import Station
from ..domain.plain import to_plain
from ..domain.powerline import Frame, Gateway, Member, Powerline
from ..domain.profile import Profile
from ..domain.verdict import severity, weigh
from . import plan, stations

SCHEMA = "driftklar.plc-evidence/1"
LIMITS = ("plc-rate", "plc-replies", "plc-reply-time", "plc-blocks", "plc-module-stations")


def encode(
    found: Powerline,
    at: datetime,
    profile: Profile,
    listed: Sequence[Station] = (),
    operator: str = "",
    photos: Sequence[str] = (),
) -> bytes:
    """The whole record; `listed` are the job's stations, `photos` the digests (SHA-256) of pictures taken.

    Its own digest, under "sha256", is that of the record without it, written with sorted keys and without blanks.
    """
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": f"driftklar {__version__}",
        "os": f"{platform.system()} {platform.release()}",
        "utc": at.astimezone(UTC).isoformat(timespec="seconds"),
        "iface": {"name": found.interface, "mac": found.own_mac},
        "transport": found.backend,
        "grade": Grade.MEASURED.value if found.readable else None,
        "gateways": [_gateway(gateway) for gateway in found.gateways],
        "neighbours": [to_plain(neighbour) for neighbour in found.neighbours],
        "chargers": [_charger(member, listed, profile) for member in found.members],
        "thresholds": {name: to_plain(profile.limits[name]) for name in LIMITS if name in profile.limits},
        "frames": [_frame(frame, found.frames[0].at) for frame in found.frames],
        "operator": operator,
        "photos": list(photos),
    }
    record["sha256"] = hashlib.sha256(_canonical(record)).hexdigest()
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _gateway(gateway: Gateway) -> dict[str, Any]:
    blocks = gateway.blocks
    return {
        "mac": gateway.mac,
        "mfg": gateway.maker,
        "chip": gateway.chip,
        "fw": gateway.firmware,
        "nid": gateway.nid,
        "default_nmk": gateway.factory_key,
        "snid": gateway.snid,
        "role": gateway.role,
        "stations": len(gateway.members),
        "pb": {"ok": blocks.good, "bad": blocks.bad} if blocks else None,
    }


def _charger(member: Member, listed: Sequence[Station], profile: Profile) -> dict[str, Any]:
    findings, rules = plc_station.evaluate_one(member, server(member.mac)).findings, plan.rules(profile)
    judged = [weigh(finding, rules, profile) for finding in findings]
    known = next((s for s in listed if member.is_station(stations.mac(s.mac) or "")), None)
    return {
        "station": known.id if known else None,
        "serial": known.serial if known else None,
        "mac": member.mac,
        "bda": member.bda,
        "tei": member.tei,
        "tx": member.tx_mbps,
        "rx": member.rx_mbps,
        "sent": member.replies.sent,
        "got": member.replies.got,
        "ms_med": member.replies.median_ms,
        "ms_max": member.replies.longest_ms,
        "fw": member.firmware,
        "verdict": severity(judged).value,
        "reasons": [one.code.name for one in judged if one.severity.rank > Severity.INFO.rank],
    }


def _frame(frame: Frame, begin: float) -> dict[str, Any]:
    return {"t": round(frame.at - begin, 6), "dir": "tx" if frame.sent else "rx", "hex": frame.data.hex()}


def _canonical(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")
