"""The JSON of a scan and of a measurement, `driftklar.wifi/1` (resources/schemas)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..domain.finding import Severity
from ..domain.survey import Survey
from ..domain.wifi import Network, Sample

SCHEMA = "driftklar.wifi/1"


def scan(interface: str, reason: str | None, networks: Sequence[Network], demo: str = "") -> dict[str, Any]:
    """A scan; `reason` says why nothing could be looked at."""
    return {**_head(interface, reason, demo), "networks": list(map(network, networks))}


def network(value: Network) -> dict[str, Any]:
    """One access point on one channel."""
    return {
        "ssid": value.ssid,
        "bssid": value.bssid,
        "frequency_mhz": value.frequency_mhz,
        "channel": value.channel,
        "band": value.band.value,
        "rssi_dbm": value.rssi_dbm,
        "width_mhz": value.width_mhz,
        "standards": list(value.standards),
        "security": [s.value for s in value.security],
        "hidden": value.hidden,
        "fresh": value.fresh,
        "age_s": value.age_s,
    }


def measurement(interface: str, survey: Survey, severity: Severity, demo: str = "") -> dict[str, Any]:
    """A measurement that was made to its end."""
    return {
        **_head(interface, None, demo),
        "samples": list(map(sample, survey.samples)),
        "p20_dbm": survey.p20_dbm,
        "median_dbm": survey.median_dbm,
        "min_dbm": survey.min_dbm,
        "max_dbm": survey.max_dbm,
        "missing": survey.missing,
        "bssid": survey.bssid,
        "channel": survey.channel,
        "channels_seen": list(survey.channels_seen),
        "severity": severity.value,
    }


def no_measurement(interface: str, reason: str, samples: Sequence[Sample], demo: str = "") -> dict[str, Any]:
    """A measurement that could not be made, or not to its end; nothing is concluded from its samples."""
    nothing = dict.fromkeys(("p20_dbm", "median_dbm", "min_dbm", "max_dbm"))
    return {
        **_head(interface, reason, demo),
        "samples": list(map(sample, samples)),
        **nothing,
        "missing": sum(s.rssi_dbm is None for s in samples),
        "bssid": None,
        "channel": None,
        "channels_seen": [],
        "severity": None,
    }


def sample(value: Sample) -> dict[str, Any]:
    return {"rssi_dbm": value.rssi_dbm, "at": value.at}


def _head(interface: str, reason: str | None, demo: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        **({"demo": demo} if demo else {}),
        "interface": interface or None,
        "outcome": "measured" if reason is None else "not-measured",
        "reason": reason,
    }
