"""How far a connection came: name, connection, encryption, application. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.check import Area
from ..domain.finding import Severity
from ..domain.outcome import NotApplicable
from ..domain.verdict import Result
from .looks import Look

_LAYERS = ("tcp", "tls", "application")
_APPLICATIONS = {Area.MQTT: "MQTT", Area.HTTPS: "HTTPS"}
_LOOKS = {Severity.WARNING: Look.WARN, Severity.FAILURE: Look.FAIL}


@dataclass(frozen=True, slots=True)
class Stage:
    """One layer; its name is the same in every language."""

    name: str
    look: Look


def stages(result: Result) -> tuple[Stage, ...]:
    """The layers of an endpoint's check, in the order in which a station meets them; () where there are none."""
    application = _APPLICATIONS.get(result.info.area)
    if application is None or result.record is None:
        return ()
    names = ("DNS", "TCP", "TLS", application)
    return tuple(Stage(name, look) for name, look in zip(names, _looks(result), strict=True))


def _looks(result: Result) -> Iterator[Look]:
    """Below the deepest layer that was seen everything worked, above it nothing was tried."""
    if not result.findings:
        nameless = isinstance(result.outcome, NotApplicable)
        yield Look.FAIL if nameless else Look.UNTESTED
        yield from [Look.UNTESTED] * len(_LAYERS)
        return
    worst: dict[str, Severity] = {}
    for judged in result.findings:
        layer = str(judged.finding.evidence.get("layer", "application"))
        worst[layer] = max(worst.get(layer, Severity.OK), judged.severity, key=lambda s: s.rank)
    deepest = max((_LAYERS.index(layer) for layer in worst if layer in _LAYERS), default=len(_LAYERS) - 1)
    yield Look.PASS
    for depth, layer in enumerate(_LAYERS):
        passed = Look.PASS if depth <= deepest else Look.UNTESTED
        yield _LOOKS.get(worst.get(layer, Severity.OK), passed)
