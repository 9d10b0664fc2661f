"""What the WiFi page shows beside its rows: the level now, the names to choose from, the charts' data. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..charts import channels, strip
from ..domain.finding import Quantity, Severity
from ..domain.job import Job
from ..domain.profile import Profile
from ..domain.wifi import Band, Network
from ..i18n import Catalogue, visible
from .looks import Look
from .rows import Row
from .view import Live, View

CHECK = "wifi-signal"
OTHER = "\n"  # the key of "another name", which no network can have
_LOOKS = {Severity.OK: Look.PASS, Severity.WARNING: Look.WARN, Severity.FAILURE: Look.FAIL}
_SHOWN = (Look.PASS, Look.WARN, Look.FAIL)


@dataclass(frozen=True, slots=True)
class Level:
    """The large number: how the level stands, its words, and what to do. `value` is "" when there is none."""

    look: Look
    value: str
    label: str
    verdict: str
    remedy: str = ""


def limit_dbm(profile: Profile) -> float:
    """The level below which a station fails."""
    limit = profile.limits[CHECK]
    return limit.passes if limit.warns is None else limit.warns


def level_now(view: View, now: float, station: str) -> Level:
    """The newest reading, as long as it is fresh: an old number is never shown as the signal of now."""
    words, profile = view.words, view.profile
    label = words.text("gui.wifi.now-at", station=station) if station else words.text("gui.wifi.now")
    if not view.job.ssid:
        return Level(Look.UNTESTED, "", label, words.text("gui.wifi.choose"))
    newest = view.live.readings[-1] if view.live.readings else None
    if newest is None or now - newest[0] > strip.STALE_S:
        return Level(Look.UNTESTED, "", label, words.text("gui.wifi.no-fresh"))
    dbm = newest[1]
    if dbm is None:
        return Level(Look.FAIL, "", label, words.text("gui.wifi.not-here"), words.text("gui.wifi.not-here-remedy"))
    look = _LOOKS[profile.limits[CHECK].judge(dbm)]
    remedy = "" if look is Look.PASS else words.text("gui.wifi.remedy")
    return Level(look, words.show(Quantity(dbm, "dBm")), label, words.of("gui", "wifi.level", look), remedy)


def station_rows(rows: Sequence[Row], view: View) -> tuple[Row, ...]:
    """The stations' rows under their own names; the level says it all, and the rest is on the page of deviations."""
    return tuple(_of_station(row, view) for row in rows if row.check == CHECK)


def site_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows about the network itself."""
    return tuple(row for row in rows if row.check != CHECK)


def names(view: View) -> tuple[tuple[str, str], ...]:
    """The networks that can be chosen (name, words), strongest first, the chosen one always among them.

    Last comes OTHER, for a network that hides its name.
    """
    best: dict[str, Network] = {}
    for network in sorted(view.live.networks, key=lambda n: n.rssi_dbm):
        if network.ssid and network.band is Band.B2_4:
            best[network.ssid] = network
    heard = sorted(best.values(), key=lambda n: -n.rssi_dbm)
    shown = [(n.ssid, _described(n, view.words)) for n in heard]
    if view.job.ssid and view.job.ssid not in best:
        shown.insert(0, (view.job.ssid, view.words.text("gui.wifi.not-heard", ssid=view.job.ssid)))
    if not view.job.ssid:
        shown.insert(0, ("", view.words.text("gui.wifi.choose")))
    return (*shown, (OTHER, view.words.text("gui.wifi.other")))


def curves(live: Live, job: Job) -> tuple[channels.Curve, ...]:
    """The networks of 2.4 GHz as they are drawn."""
    shown = (n for n in live.networks if n.band is Band.B2_4)
    return tuple(channels.Curve.of(n, visible(n.ssid) or "…", bool(n.ssid) and n.ssid == job.ssid) for n in shown)


def readings(live: Live, now: float) -> tuple[strip.Reading, ...]:
    """The last minute's readings by their age."""
    return tuple((now - at, dbm) for at, dbm in live.readings)


def table(view: View) -> tuple[tuple[str, ...], ...]:
    """The networks as a table: name, channel, level, width, security; strongest first."""
    words = view.words
    heard = sorted((n for n in view.live.networks if n.band is Band.B2_4), key=lambda n: -n.rssi_dbm)
    return tuple(
        (
            visible(n.ssid) or words.text("gui.wifi.hidden"),
            str(n.channel),
            words.show(Quantity(n.rssi_dbm, "dBm")),
            words.show(Quantity(n.width_mhz, "MHz")),
            ", ".join(s.value for s in n.security) or "–",
        )
        for n in heard
    )


def minute(view: View, now: float) -> tuple[tuple[str, ...], ...]:
    """The last minute's readings as a table: how long ago, and the level; newest first."""
    words = view.words
    return tuple(
        (
            words.text("gui.wifi.ago", seconds=round(ago)),
            words.text("gui.wifi.missed") if dbm is None else words.show(Quantity(dbm, "dBm")),
        )
        for ago, dbm in reversed(readings(view.live, now))
    )


def heading(view: View, *, in_full: bool) -> str:
    """What stands above the networks: how many of them the chart has room for, where that is not all."""
    drawn, heard = len(channels.seen(curves(view.live, view.job))), len(curves(view.live, view.job))
    if in_full or drawn == heard:
        return view.words.text("gui.wifi.networks")
    return view.words.text("gui.wifi.shown", shown=drawn, heard=heard)


def _of_station(row: Row, view: View) -> Row:
    words, name, word = view.words, row.subject.name, row.word
    if row.look in _SHOWN and row.value:
        word = words.of("gui", "wifi.level", row.look)
    elif row.look is Look.RUNNING:
        done, of = view.running.get(row.key, (0, 0))
        word = words.text("gui.wifi.measuring", done=done, of=of or "…")
    title = " · ".join(filter(None, (name, view.places.get(name, ""))))
    return replace(row, title=title, word=word, remedy="", details=())


def _described(network: Network, words: Catalogue) -> str:
    level = words.show(Quantity(network.rssi_dbm, "dBm"))
    return words.text("gui.wifi.option", ssid=network.ssid, channel=str(network.channel), level=level)
