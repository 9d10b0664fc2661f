"""Jobs as the wizard leaves them, of the real checks' findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from installer_gui import profiles
from installer_gui.domain.finding import SITE, Finding, Grade, Quantity, Series, Subject, Value, endpoint, server
from installer_gui.domain.finding import station as station_subject
from installer_gui.domain.job import Connection, Contact, Installer, Job, Site, Station
from installer_gui.domain.outcome import Measured, Outcome
from installer_gui.domain.record import Record

PROFILE = profiles.load("zaptec-pro")
NOW = datetime(2026, 11, 25, 15, 9, 26, tzinfo=timezone(timedelta(hours=1), "CET"))
HUB, API = "zapcloud.azure-devices.net", "api.zaptec.com"
ACCESS_POINT = "f8:1a:67:0c:2e:41"
SITE_INFO = Site(
    "Brf Sjöstjärnan",
    "Östra Ågatan 12",
    "753 22",
    "Uppsala",
    "SE",
    "Bostadsrättsföreningen Sjöstjärnan",
    Contact("Per Åkesson", "018-12 34 56", "per.akesson@example.org"),
)
INSTALLER = Installer("Elektro Nord AB", "556677-8899", "Åsa Björkqvist", "070-123 45 67", "asa@elektronord.example")


def record(
    check: str, outcome: Outcome, subject: Subject = SITE, minute: int = 0, grade: Grade = Grade.MEASURED
) -> Record:
    return Record(
        check,
        NOW - timedelta(minutes=90 - minute),
        1.5,
        outcome,
        subject,
        platform="linux",
        interface="wlan0",
        grade=grade,
    )


def seen(code: str, subject: Subject = SITE, /, **evidence: Value) -> Measured:
    return Measured((Finding(code, subject, evidence),))


def at_endpoint(code: str, host: str = HUB, port: int = 8883, protocol: str = "mqtt", **more: Value) -> Measured:
    """What a check of an endpoint saw there."""
    evidence: dict[str, Value] = {
        "host": host,
        "port": str(port),
        "protocol": protocol,
        "address": "203.0.113.17",
        "layer": "tcp",
        "ms": Quantity(7003, "ms"),
    }
    return seen(code, endpoint(host, port), **evidence | more)


def level(station: str, dbm: int, channel: int = 6, bssid: str = ACCESS_POINT) -> Record:
    evidence = {
        "p20": Quantity(dbm, "dBm"),
        "median": Quantity(dbm + 2, "dBm"),
        "samples": Series((dbm, dbm + 2, dbm + 5, None, dbm + 1), "dBm"),
        "missing": Quantity(1, "scans"),
        "scans": Quantity(5, "scans"),
        "ssid": "Laddnät-Ö",
        "bssid": bssid,
        "channel": Quantity(channel, "channel"),
        "access_points": (f"{bssid} {channel}",),
    }
    return record("wifi-signal", seen("wifi.signal", station_subject(station), **evidence), station_subject(station))


def online(station: str, by: str = "Åsa Björkqvist") -> Record:
    said = seen("station.online", station_subject(station), by=by, at="2026-11-25 15:00")
    return record("station-online", said, station_subject(station), grade=Grade.MANUAL)


GOOD: Mapping[str, Outcome] = {
    "computer-path": seen("computer.bound", interface="wlan0", addresses=("192.168.1.57/24",), kind="wifi"),
    "link-gateway": seen("link.gateway-answers", gateway="192.168.1.1", interface="wlan0", mac="00:00:5e:00:53:01"),
    "link-path": seen("link.round-trip", ms=Quantity(12.5, "ms")),
    "captive-portal": seen("portal.none", probe="http://www.msftconnecttest.com/connecttest.txt", answer="HTTP 200"),
    "dhcp-server": seen(
        "dhcp.first-offer",
        server("192.168.1.1"),
        server="192.168.1.1",
        mac="00:00:5e:00:53:01",
        first=Quantity(25, "ms"),
        options=("1=ffffff00", "15=736a6f73746a61726e616e2e7365", "61=0102000000000a"),
    ),
    "dhcp-capacity": seen("dhcp.spare", spare=Quantity(12, "addresses"), free=Quantity(15, "addresses")),
    "dns-lan": seen("names.resolved", servers=("192.168.1.1",), count=Quantity(5, "names")),
    "dns-public": seen("names.public-reached", server("8.8.8.8"), server="8.8.8.8", ms=Quantity(20, "ms")),
    "ntp-servers": seen("time.right", servers=("192.0.2.5",), count=Quantity(4, "servers"), offset=Quantity(0.1, "s")),
    "mqtt-hub": at_endpoint("mqtt.answered", answer="CONNACK 5"),
    **{
        f"https-{e.host}": at_endpoint("https.answered", e.host, 443, "https", answer="HTTP 404")
        for e in PROFILE.endpoints
        if e.protocol == "https"
    },
    "wifi-network": seen("wifi.network-found", ssid="Laddnät-Ö", channel=Quantity(6, "channel")),
    "wifi-channel": seen("wifi.channel-fixed", channels=("6",), by="Åsa Björkqvist", minutes=Quantity(30, "min")),
}


def job(stations: int = 3, changed: Mapping[str, Outcome] | None = None, records: Iterable[Record] = ()) -> Job:
    """A WiFi site where everything is right, but for what was `changed`; `records` are newer."""
    made = tuple(Station(f"A{i}", f"Garage P{i}", f"ZPR{100000 + i}") for i in range(1, stations + 1))
    outcomes = {**GOOD, **(changed or {})}
    return Job(
        id="JB42-7KQ9-2MXC",
        created=NOW - timedelta(hours=3),
        profile=PROFILE.id,
        site=SITE_INFO,
        installer=INSTALLER,
        stations=made,
        connection=Connection.WIFI,
        ssid="Laddnät-Ö",
        interface="wlan0",
        order_no="2026-0417",
        records=(
            *(record(check, outcome, minute=i) for i, (check, outcome) in enumerate(outcomes.items())),
            *(r for s in made for r in (level(s.id, -58), online(s.id))),
            *records,
        ),
    )


def hostile(text: str) -> Job:
    """A job with the same text in every field that a person or a network can fill, and something to fix."""
    said = {"detail": text, "issuer": text, "subject": text}
    plain = job(2, {"mqtt-hub": at_endpoint("tls.intercepted", **said), "dhcp-server": seen("dhcp.no-server")})
    return replace(
        plain,
        site=replace(
            SITE_INFO, name=text, street=text, town=text, customer=text, network_owner=Contact(text, text, text)
        ),
        installer=Installer(text, text, text, text, text),
        stations=(Station("A1", text, text), Station("A2" + text, text, text)),
        ssid=text,
        order_no=text,
        records=(*plain.records, level("A2" + text, -80)),
    )
