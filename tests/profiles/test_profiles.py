"""A profile is data that strangers write: what is wrong in it is told by file and key, and never lets a site pass."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path

import pytest

from installer_gui import assets, profiles
from installer_gui.domain.finding import Severity
from installer_gui.domain.profile import Better, Limit, Protocol
from installer_gui.errors import BadInput

SHIPPED = assets.resource("profiles", "zaptec-pro.toml")


def test_the_shipped_profile_asks_for_what_the_makers_page_says() -> None:
    profile = profiles.load("zaptec-pro")
    endpoints = {(e.protocol, e.host, e.port) for e in profile.endpoints}
    assert endpoints == {
        (Protocol.MQTT, "zapcloud.azure-devices.net", 8883),
        (Protocol.HTTPS, "zapcloud-api.azurewebsites.net", 443),
        (Protocol.HTTPS, "devices.zaptec.com", 443),
        (Protocol.HTTPS, "api.zaptec.com", 443),
        (Protocol.NTP, "no.pool.ntp.org", 123),
    }
    assert profile.public_resolvers == ("8.8.8.8", "1.1.1.1")
    assert profile.values["megabytes_per_station_and_day"] == 3
    assert (profile.values["wifi_first_channel"], profile.values["wifi_last_channel"]) == (1, 11)
    assert profile.limits["wifi-signal"].judge(-75) is not Severity.FAILURE
    assert profile.limits["wifi-signal"].judge(-75.1) is Severity.FAILURE


def test_its_hash_is_that_of_the_file() -> None:
    assert profiles.load("zaptec-pro").sha256 == hashlib.sha256(SHIPPED.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", profiles.available())
def test_every_bundle_of_roots_that_ships_is_usable(name: str) -> None:
    bundles = {e.roots for e in profiles.load(name).endpoints if e.roots}
    assert bundles
    for bundle in bundles:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=profiles.roots(bundle))
        assert context.cert_store_stats()["x509_ca"] > 0


@pytest.mark.parametrize("name", ["", "zaptec", "../profiles/zaptec-pro", "zaptec-pro.toml", "\x00"])
def test_an_unknown_profile_is_refused_and_the_known_ones_are_named(name: str) -> None:
    with pytest.raises(BadInput) as caught:
        profiles.load(name)
    assert caught.value.code == "input.no-such-profile"
    assert "zaptec-pro" in str(caught.value.values["known"])


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "ZAPTEC PRO"', "name = 7", "name"),
        ('name = "ZAPTEC PRO"', 'name = "x"\nnmae = "y"', "nmae"),
        ("date = 2026-11-25", 'date = "soon"', "date"),
        ('protocol = "mqtt"', 'protocol = "mqqt"', "endpoints[0].protocol"),
        ("port = 8883", "port = 88830", "endpoints[0].port"),
        ("port = 8883", "", "endpoints[0].port"),
        ('roots = "azure-iot-hub"', 'roots = "nowhere"', "endpoints[0].roots"),
        ('roots = "azure-iot-hub"', 'roots = "../../etc/x"', "endpoints[0].roots"),
        ("passes = -70\n", "passes = nan\n", "limits.wifi-signal.passes"),
        ("passes = -70\n", "passes = -inf\n", "limits.wifi-signal.passes"),
        ("passes = -70\n", "passes = -80\n", "limits.wifi-signal.warns"),
        ('better = "high"', 'better = "strong"', "limits.wifi-signal.better"),
        ('source = "requirements"', 'source = "hearsay"', "limits.wifi-signal.source"),
        ("always = [", "allways = [", "required.allways"),
        ('always = ["computer-path"]', "always = []", "required.always"),
        ('station = ["station-online"]', "", "required.station"),
        ('id = "zaptec-pro"', 'id = "x"\nsha256 = "0"', "sha256"),
        ('id = "zaptec-pro"', 'id = "x"\ntrust_anchors = "charger"', "trust_anchors"),
    ],
)
def test_a_fault_is_told_by_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        profiles.load_file(path)
    assert caught.value.code == "input.bad-profile"
    assert (caught.value.values["file"], caught.value.values["key"]) == ("mine.toml", key)
    assert caught.value.values["expected"]


@pytest.mark.parametrize("raw", [b"id = ", b"\xff\xfe", b"[[[["])
def test_what_is_not_toml_is_told_with_its_cause(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(raw)
    with pytest.raises(BadInput) as caught:
        profiles.load_file(tmp_path / "x.toml")
    assert caught.value.code == "input.bad-toml"


def test_a_profile_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        profiles.load_file(tmp_path / "absent.toml")
    assert caught.value.code == "input.unreadable"


@pytest.mark.parametrize(
    ("limit", "value", "severity"),
    [
        (Limit(Better.LOW, 300, "ms", "s", 1000), 300, Severity.OK),
        (Limit(Better.LOW, 300, "ms", "s", 1000), 300.1, Severity.WARNING),
        (Limit(Better.LOW, 300, "ms", "s", 1000), 1000.1, Severity.FAILURE),
        (Limit(Better.LOW, 5, "s", "s"), 5.1, Severity.FAILURE),
        (Limit(Better.HIGH, 2, "addresses", "s", 0), 1, Severity.WARNING),
        (Limit(Better.HIGH, 2, "addresses", "s", 0), -1, Severity.FAILURE),
        (Limit(Better.HIGH, 2, "addresses", "s", 0), float("nan"), Severity.FAILURE),
    ],
)
def test_both_ends_of_a_limit_belong_to_the_better_side(limit: Limit, value: float, severity: Severity) -> None:
    assert limit.judge(value) is severity
