"""A scan and a measurement as text for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..checks import wifi_signal
from ..domain.finding import Quantity, Severity
from ..domain.profile import Limit, Profile
from ..domain.survey import Survey
from ..domain.verdict import Judged, State
from ..domain.wifi import Network
from ..i18n import Catalogue
from .render import Output
from .run_text import print_finding

_STATES = {
    Severity.OK: State.PASS,
    Severity.INFO: State.PASS,
    Severity.WARNING: State.WARN,
    Severity.FAILURE: State.FAIL,
}


def print_networks(networks: Sequence[Network], io: Output) -> None:
    """A line for each access point, strongest first."""
    if not networks:
        io.line(io.catalogue.text("cli.wifi.none"))
    for network in networks:
        io.line("  ".join(_columns(network, io.catalogue)))


def print_measurement(survey: Survey, judged: Judged, profile: Profile, io: Output) -> None:
    """The verdict on the level, what it rests on, and the limits that it was held against."""
    title = io.catalogue.of("check", wifi_signal.INFO.text_key, "title")
    io.result(_STATES[judged.severity], title)
    print_finding(judged, io)
    for line in _grounds(survey, profile.limits["wifi-signal"], io.catalogue):
        io.line(f"{'':<{io.indent}}{line}", io.indent)


def _grounds(survey: Survey, limit: Limit, words: Catalogue) -> Iterator[str]:
    if survey.readings:
        yield words.text("cli.wifi.spread", **_spread(survey))
    if survey.bssid and survey.channel is not None:
        yield words.text("cli.wifi.access-point", bssid=survey.bssid, channel=survey.channel)
    if len(survey.channels_seen) > 1:
        yield words.text("cli.wifi.moved", channels=tuple(map(str, survey.channels_seen)))
    least = limit.passes if limit.warns is None else limit.warns
    good = Quantity(limit.passes, limit.unit)
    yield words.text("cli.wifi.limits", good=good, limit=Quantity(least, limit.unit))
    yield words.text("cli.wifi.instrument", adapter=survey.adapter, backend=survey.backend)


def _columns(network: Network, words: Catalogue) -> list[str]:
    level = words.show(Quantity(network.rssi_dbm, "dBm"))
    security = " ".join(s.value for s in network.security)
    columns = [
        f"{level:>8}",
        f"{network.channel:>3}",
        f"{network.width_mhz:>3} MHz",
        f"{network.bssid or '–':<17}",
        f"{security:<19}",
        words.show(network.ssid) or words.text("cli.wifi.hidden"),
    ]
    if not network.fresh:
        columns.append(words.text("cli.wifi.old", age=Quantity(round(network.age_s), "s")))
    return columns


def _spread(survey: Survey) -> dict[str, Quantity | int]:
    levels = {"median": survey.median_dbm, "low": survey.min_dbm, "high": survey.max_dbm}
    shown: dict[str, Quantity | int] = {name: Quantity(v, "dBm") for name, v in levels.items() if v is not None}
    return {**shown, "missing": survey.missing, "scans": len(survey.samples)}
