"""Jobs made by hand, as the wizard would leave them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from installer_gui import profiles
from installer_gui.certificate.collect import Occasion, collect
from installer_gui.certificate.content import Content, Draft
from installer_gui.certificate.layout import renderer
from installer_gui.domain.check import Area, CheckInfo, Expected, Rules
from installer_gui.domain.finding import SITE, Code, Finding, Grade, Quantity, Responsible, Scale, Series, Severity
from installer_gui.domain.finding import station as station_subject
from installer_gui.domain.job import Connection, Contact, Installer, Job, Note, Site, Station
from installer_gui.domain.outcome import Measured, NotMeasured
from installer_gui.domain.record import Record
from installer_gui.domain.verdict import Judgement, judge

PROFILE = profiles.load("zaptec-pro")
ZONE = timezone(timedelta(hours=1), "CET")
NOW = datetime(2026, 11, 25, 15, 9, 26, tzinfo=ZONE)

GOOD = Code("sample.good", 901, Severity.OK)
BAD = Code("sample.bad", 902, Severity.FAILURE, Responsible.NETWORK_OWNER)
ONLINE = Code("sample.online", 903, Severity.OK)
SIGNAL = Scale(
    "sample.signal",
    "p20",
    "wifi-signal",
    passes=Code("sample.signal-good", 904, Severity.OK),
    warns=Code("sample.signal-weak", 905, Severity.WARNING, Responsible.INSTALLER),
    fails=Code("sample.signal-poor", 906, Severity.FAILURE, Responsible.INSTALLER),
)
SITE_AREAS = {
    "link-gateway": Area.LINK,
    "dhcp-server": Area.DHCP,
    "dns-lan": Area.DNS,
    "ntp-servers": Area.NTP,
    "mqtt-hub": Area.MQTT,
    "https-api.zaptec.com": Area.HTTPS,
    "wifi-network": Area.WIFI,
}
INFOS = (
    *(CheckInfo(name, area, codes=(GOOD, BAD)) for name, area in SITE_AREAS.items()),
    CheckInfo("wifi-signal", Area.WIFI, scales=(SIGNAL,)),
    CheckInfo("station-online", Area.STATION, codes=(ONLINE,)),
)
RULES = Rules(INFOS)
PLACES = ("Garage P1 plats", "Infart norr", "Gäståvärn", "Förråd öst", "Bjørnøya", "Älvkajen ⚡")


def job(stations: int = 6, *, weak: int = 1, blocked: bool = False, skipped: bool = False, demo: str = "") -> Job:
    """A WiFi site. `weak` stations warn, `blocked` fails the hub, `skipped` leaves a required check out."""
    made = tuple(Station(f"A{i}", f"{PLACES[i % len(PLACES)]} {i}", f"ZPR{100000 + i}") for i in range(1, stations + 1))
    return Job(
        id="JB42-7KQ9-2MXC",
        created=NOW - timedelta(hours=3),
        profile=PROFILE.id,
        site=Site(
            "Brf Sjöstjärnan",
            "Östra Ågatan 12",
            "753 22",
            "Uppsala",
            "SE",
            "Bostadsrättsföreningen Sjöstjärnan",
            Contact("Per Åkesson", "018-12 34 56", "per@example.org"),
        ),
        installer=Installer(
            "Elektro Nord Ängelholm AB",
            "556677-8899",
            "Åsa Björkqvist-Ødegård",
            "070-123 45 67",
            "asa@elektronord.example",
        ),
        stations=made,
        connection=Connection.WIFI,
        ssid="Laddnät-Ö",
        interface="wlan0",
        order_no="2026-0417",
        records=(*_site_records(blocked, skipped), *_station_records(made, weak)),
        notes=(
            Note(SITE, text="Accesspunkten sitter ovanför port 2."),
            Note(SITE, BAD.name, owner="Per Åkesson", action="Öppna utgående TCP 8883", due=date(2026, 12, 1)),
        ),
        demo=demo,
    )


def judgement(made: Job) -> Judgement:
    expected = [Expected(name) for name in SITE_AREAS]
    expected += [
        Expected(name, station_subject(s.id)) for s in made.stations for name in ("wifi-signal", "station-online")
    ]
    return judge(made.records, expected, RULES, PROFILE)


def content(made: Job, language: str = "sv", draft: tuple[Draft, ...] = ()) -> Content:
    occasion = Occasion("C7F3-9K2M-41QX", NOW, language, renderer(language), draft=draft)
    return collect(made, judgement(made), RULES, PROFILE, occasion)


def hostile(text: str) -> Job:
    """A job with the same text in every field that a person or a network can fill."""
    plain = job(2)
    return replace(
        plain,
        site=replace(plain.site, name=text, street=text, town=text, customer=text, network_owner=Contact(text, text)),
        installer=Installer(text, text, text, text, text),
        stations=(Station("A1", text, text), Station("A2" + text, text, text)),
        ssid=text,
        order_no=text,
        notes=(Note(SITE, text=text, owner=text, action=text),),
    )


def anything(seed: int) -> Job:
    """A job of any size, in any state, with any text in it; the same for the same seed."""
    chance = random.Random(seed)

    def text() -> str:
        letters = chance.choice(("abc åäö", "aÅ\u0301\u202e\U0001f697x ", "x", " ab/()\\\\<>[]{}%#", "日本語 text"))
        return "".join(chance.choice(letters) for _ in range(chance.choice((0, 3, 10, 40, 120, 400))))

    made = job(
        chance.choice((0, 1, 2, 5, 9, 14, 33, 61)),
        weak=chance.randrange(20),
        blocked=chance.random() < 0.4,
        skipped=chance.random() < 0.3,
        demo=chance.choice(("", "garage")),
    )
    kept = tuple(r for r in made.records if r.check != "wifi-signal" or chance.random() < 0.7)
    return replace(
        made,
        site=replace(made.site, name=text(), street=text(), customer=text()),
        installer=Installer(text(), text(), text(), text(), text()),
        stations=tuple(replace(s, place=text(), serial=text()) for s in made.stations),
        notes=tuple(Note(SITE, text=text(), owner=text(), action=text()) for _ in range(chance.randrange(6))),
        connection=chance.choice((None, *Connection)),
        ssid=text(),
        order_no=text(),
        records=kept,
    )


def _record(check: str, outcome: Measured | NotMeasured, minute: int, **more: object) -> Record:
    return Record(check, NOW - timedelta(minutes=minute), 1.5, outcome, platform="linux", interface="wlan0", **more)  # type: ignore[arg-type]


def _site_records(blocked: bool, skipped: bool) -> Iterator[Record]:
    for minute, name in enumerate(SITE_AREAS, 20):
        if skipped and name == "ntp-servers":
            yield _record(name, NotMeasured("timeout"), minute)
        else:
            code = BAD if blocked and name == "mqtt-hub" else GOOD
            yield _record(name, Measured((Finding(code.name, SITE, {"host": "example.org"}),)), minute)


def _station_records(stations: tuple[Station, ...], weak: int) -> Iterator[Record]:
    for i, station in enumerate(stations):
        subject, p20 = station_subject(station.id), -73 if i < weak else -52 - i % 13
        evidence = {
            "p20": Quantity(p20, "dBm"),
            "bssid": "f8:1a:67:0c:2e:41",
            "channel": Quantity(6, "channel"),
            "samples": Series((p20, p20 + 2, p20 + 5, None, p20 + 1), "dBm"),
        }
        yield _record("wifi-signal", Measured((Finding(SIGNAL.name, subject, evidence),)), 10, subject=subject)
        said = Measured((Finding(ONLINE.name, subject, {"by": "Åsa"}),))
        yield _record("station-online", said, 5, subject=subject, grade=Grade.MANUAL)
