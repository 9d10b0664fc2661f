"""Is the signal strong enough at the station? Measured on a walk, not in a run."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Scale, Series, Severity, Value, station
from ..domain.outcome import Measured
from ..domain.survey import Survey

OWNER = Responsible.NETWORK_OWNER
GOOD = Code("wifi.signal-good", 520, Severity.OK)
NEAR_LIMIT = Code("wifi.signal-near-limit", 521, Severity.WARNING, OWNER)
WEAK = Code("wifi.signal-weak", 522, Severity.FAILURE, OWNER)
LOST = Code("wifi.signal-lost", 523, Severity.FAILURE, OWNER)
NOT_HEARD = Code("wifi.not-heard", 524, Severity.FAILURE, OWNER)
LEVEL = Scale("wifi.signal", "p20", "wifi-signal", GOOD, WEAK, NEAR_LIMIT)

INFO = CheckInfo("wifi-signal", Area.WIFI, (LOST, NOT_HEARD), (LEVEL,))


def evaluate(survey: Survey, station_id: str) -> Measured:
    """What the samples say of the station. The deciding level is the percentile; where it falls on a missed sample
    there is no level, and the signal comes and goes."""
    evidence = dict(_evidence(survey))
    if not survey.readings:
        code = NOT_HEARD.name
    elif (level := survey.p20_dbm) is None:
        code = LOST.name
    else:
        code = LEVEL.name
        evidence = {"p20": Quantity(level, "dBm"), **evidence}
    return Measured((Finding(code, station(station_id), evidence),))


def _evidence(survey: Survey) -> Mapping[str, Value]:
    levels = {"median": survey.median_dbm, "min": survey.min_dbm, "max": survey.max_dbm}
    evidence: dict[str, Value] = {name: Quantity(v, "dBm") for name, v in levels.items() if v is not None}
    evidence |= {
        "samples": Series(tuple(s.rssi_dbm for s in survey.samples), "dBm"),
        "scans": Quantity(len(survey.samples), "scans"),
        "missing": Quantity(survey.missing, "scans"),
        "ssid": survey.ssid.decode(errors="replace"),
        "adapter": survey.adapter,
    }
    if survey.bssid and survey.channel is not None:
        evidence |= {"bssid": survey.bssid, "channel": Quantity(survey.channel, "channel")}
    if survey.sightings:
        evidence["access_points"] = tuple(map(str, survey.sightings))
    return evidence
