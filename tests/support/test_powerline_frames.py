"""What the modems said, as it leaves the computer: whole, but without a device's address."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from installer_gui import i18n
from installer_gui.domain.powerline import Frame, Gateway, Member, Powerline
from installer_gui.platforms.simulated.modem import LOCAL, Modem
from installer_gui.platforms.simulated.modem_answers import Network, Station, octets
from installer_gui.protocols.homeplug import decode
from installer_gui.protocols.homeplug_bodies import NetworkInfo
from installer_gui.session import powerline_evidence
from installer_gui.support import bundle
from installer_gui.support.bundle import Choice, Section

from .jobs import PROFILE, job

LAPTOP, MODEM, FIRST, BEHIND = "3c:52:82:00:00:57", "60:15:92:50:00:01", "60:15:92:43:00:01", "60:15:92:40:00:01"
MACS = [octets(mac) for mac in (LAPTOP, MODEM, FIRST, BEHIND)]
NETWORK = Network(MODEM, stations=(Station(FIRST, 2, BEHIND),))
QUESTION = LOCAL + octets(LAPTOP) + bytes.fromhex("88e10138a0000000b052") + bytes(38)
BROKEN = octets(LAPTOP) + octets(MODEM) + bytes.fromhex("88e10039a000b05299") + octets(FIRST)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def look() -> dict[str, Any]:
    frames = [Frame(NOON.timestamp(), QUESTION, sent=True)]
    frames += [Frame(NOON.timestamp() + delay_s, data) for delay_s, data in Modem(NETWORK).answers(QUESTION)]
    frames += [Frame(NOON.timestamp() + 1, BROKEN)]
    member = Member(FIRST, MODEM, 2, bda=BEHIND, tx_mbps=9, rx_mbps=9)
    gateway = Gateway(MODEM, "QCA7420", "MAC-QCA7420-1.4.0.20", "MAKER", True, NETWORK.nid, members=(member,))
    found = Powerline("eth0", LAPTOP, "AF_PACKET", (gateway,), frames=tuple(frames))
    return dict(json.loads(powerline_evidence.encode(found, NOON, PROFILE, operator="Åsa Björkqvist")))


def files(*looks: dict[str, Any], choice: Choice | None = None) -> dict[str, bytes]:
    made = bundle.make(job(), PROFILE, b"", i18n.load("en"), (), choice or Choice(), looks)
    made.zipped()
    return {file.name: file.data for file in made.files}


def test_no_devices_address_and_no_name_is_left_anywhere() -> None:
    made = files(look())
    told, frames = made["powerline.json"], made["powerline.pcap"]
    for mac in MACS:
        assert mac not in frames
        assert mac.hex().encode() not in told
        assert mac.hex(":").encode() not in told
    assert "Björkqvist" not in told.decode()
    assert not re.search(rb'"(?!02:00:00:00)(?:[0-9a-f]{2}:){5}[0-9a-f]{2}"', told)


def test_what_the_modems_said_can_still_be_read() -> None:
    (made,) = json.loads(files(look())["powerline.json"])
    question, answer, broken = (bytes.fromhex(frame["hex"]) for frame in made["frames"])
    assert (decode(question).destination, len(broken)) == ("00:b0:52:00:00:01", len(BROKEN))
    body = decode(answer).body
    assert isinstance(body, NetworkInfo)
    (network,) = body.networks
    (station,) = network.stations
    assert (network.nid, station.tei, station.tx_mbps) == (NETWORK.nid, 2, 9)
    number = int(made["chargers"][0]["mac"].strip("[]").rpartition("-")[2])
    assert station.mac == f"02:00:00:00:00:{number:02x}"
    assert made["gateways"][0]["fw"] == "MAC-QCA7420-1.4.0.20"


def test_wireshark_gets_every_frame_at_its_time() -> None:
    frames = files(look(), look())["powerline.pcap"]
    assert frames[:4] == bytes.fromhex("d4c3b2a1")
    assert int.from_bytes(frames[24:28], "little") == int(NOON.timestamp())
    assert frames.count(bytes.fromhex("88e1")) == 6


@pytest.mark.parametrize("choice", [Choice(sections=(Section.JOB,)), Choice(sections=())])
def test_they_can_be_left_out(choice: Choice) -> None:
    assert not [name for name in files(look(), choice=choice) if "powerline" in name]


def test_without_looks_there_are_no_such_files() -> None:
    assert not [name for name in files() if "powerline" in name]


@pytest.mark.parametrize("text", [None, 7, "zz", ""])
def test_a_frame_that_is_none_does_no_harm(text: Any) -> None:
    made = look()
    made["frames"][0]["hex"] = text
    assert json.loads(files(made)["powerline.json"])[0]["frames"][0]["hex"] == ""
