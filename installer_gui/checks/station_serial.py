"""Is the charging station one of the model whose needs were checked? Its serial number tells."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Responsible, Severity, Value, station
from ..domain.outcome import Measured
from ..domain.profile import Profile

OTHER_MODEL = Code("station.other-model", 702, Severity.WARNING, Responsible.INSTALLER)
KNOWN_MODEL = Code("station.known-model", 703, Severity.WARNING, Responsible.INSTALLER)
SAME_SERIAL = Code("station.same-serial", 704, Severity.WARNING, Responsible.INSTALLER)

INFO = CheckInfo("station-serial", Area.STATION, (OTHER_MODEL, KNOWN_MODEL, SAME_SERIAL))


def doubt(code: Code, station_id: str, serial: str, profile: Profile, model: str = "") -> Measured:
    """What is wrong with a serial number; `model` is the one that it belongs to, where that is known."""
    evidence: Mapping[str, Value] = {"serial": serial, "wanted": profile.name, **({"model": model} if model else {})}
    return Measured((Finding(code.name, station(station_id), evidence),))
