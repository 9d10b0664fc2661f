"""`plc scan` on played networks, as root would run it, beside the tools that engineers use."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ..blueprint import LAPTOP_MAC
from ..product import Run, driftklar
from ..site import ROOT, Site
from ..watch import Traffic, Watch
from . import cable
from .networks import NETWORKS, Situation

pytestmark = pytest.mark.lab
SCHEMA = json.loads((ROOT / "resources/schemas/plc.json").read_text())
LONGEST_S = 30
KEYS = ("mac", "chip", "firmware", "nid", "factory_key", "stations")
STATION_KEYS = ("mac", "bda", "tei", "tx_mbps", "rx_mbps", "role")
SCAN = ("plc", "scan", "--interface", "eth0", "--language", "en")
TOOLS = {
    "plcstat": ("plcstat", "-i", "eth0", "-t"),
    "int6klist": ("int6klist", "-i", "eth0"),
    "plctool": ("plctool", "-i", "eth0", "-r", "all"),
    "int6k": ("int6k", "-i", "eth0", "-m"),
}
HAS_TOOLS = all(map(shutil.which, TOOLS))
by_name = pytest.mark.parametrize("name", NETWORKS)
with_tools = pytest.mark.parametrize("name", [name for name, situation in NETWORKS.items() if situation.plcstat])


@dataclass(frozen=True)
class Played:
    """A network, what the product said of it, what it sent, and what other tools said."""

    situation: Situation
    run: Run
    traffic: Traffic
    pcap: bytes
    tools: Mapping[str, str]

    @property
    def document(self) -> dict[str, Any]:
        return self.run.document


def play(name: str) -> Played:
    with Site() as site:
        cable.plug(site, name)
        watch = Watch(site)
        run = driftklar(site, *SCAN, "--format", "json", "--plcstat", "--pcap", str(site.inner / "x.pcap"))
        traffic = watch.traffic()
        pcap = (site.outer / "x.pcap").read_bytes()
        tools = {name: site.run("laptop", *words).stdout for name, words in TOOLS.items()} if HAS_TOOLS else {}
        return Played(NETWORKS[name], run, traffic, pcap, tools)


@pytest.fixture(scope="module")
def played() -> Callable[[str], Played]:
    known: dict[str, Played] = {}

    def get(name: str) -> Played:
        if name not in known:
            known[name] = play(name)
        return known[name]

    return get


@pytest.fixture
def tools() -> None:
    """Skips what needs others' tools, loudly; in CI they must be there."""
    if HAS_TOOLS:
        return
    message = "THE CROSS-CHECK WITH OTHERS' TOOLS WAS NOT RUN: missing Debian packages: plc-utils plc-utils-extra"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@by_name
def test_every_network_is_read_as_it_is(name: str, played: Any) -> None:
    one = played(name)
    jsonschema.validate(one.document, SCHEMA)
    found = [{key: gateway[key] for key in KEYS} for gateway in one.document["gateways"]]
    for gateway in found:
        gateway["stations"] = [{key: station[key] for key in STATION_KEYS} for station in gateway["stations"]]
    assert found == one.situation.gateways
    assert one.document["neighbours"] == one.situation.neighbours


@by_name
def test_what_cannot_be_read_is_not_measured(name: str, played: Any) -> None:
    one = played(name)
    expected = ("measured", None, 0) if one.situation.readable else ("not-measured", one.document["reason"], 3)
    assert (one.document["outcome"], one.document["reason"], one.run.exit) == expected
    assert one.run.stderr == ""


@by_name
def test_only_what_is_on_the_list_is_asked_and_not_too_fast(name: str, played: Any) -> None:
    traffic = played(name).traffic
    assert list(cable.faults(traffic)) == []
    assert {frame.source for frame in cable.asked(traffic)} == {LAPTOP_MAC}


@by_name
def test_it_takes_no_longer_than_people_wait(name: str, played: Any) -> None:
    assert played(name).run.seconds < LONGEST_S


@with_tools
@pytest.mark.usefixtures("tools")
def test_plcstat_prints_the_same(name: str, played: Any) -> None:
    one = played(name)
    own, theirs = (
        [line.rstrip() for line in text.splitlines() if line.strip()]
        for text in (one.document["plcstat"], one.tools["plcstat"])
    )
    if len(one.situation.networks) > 1:  # it reads the stations of one modem only
        theirs = [line for line in theirs if "LOC" in line or line in own]
        assert {line for line in own if "LOC" in line} == {line for line in theirs if "LOC" in line}
        assert set(theirs) <= set(own)
    else:
        assert own == theirs


@pytest.mark.parametrize("name", ["four", "lonely", "int6400", "av2", "two", "neighbours", "factory-key"])
@pytest.mark.usefixtures("tools")
def test_int6klist_and_plctool_name_the_same_modems(name: str, played: Any) -> None:
    one = played(name)
    gateways = {gateway["mac"] for gateway in one.document["gateways"]}
    listed = {line.split()[0].lower() for line in one.tools["int6klist"].splitlines() if line.strip()}
    assert listed == gateways or (len(gateways) > 1 and listed and listed < gateways)  # it lists the first one
    told = {
        words[1].lower(): tuple(words[2:4]) for line in one.tools["plctool"].splitlines() if (words := line.split())
    }
    for gateway in one.document["gateways"]:
        assert told[gateway["mac"]] == (gateway["chip"], gateway["firmware"])
        for station in gateway["stations"]:
            assert told.get(station["mac"], (None, None)) == (station["chip"], station["firmware"])


@pytest.mark.usefixtures("tools")
def test_an_old_modem_is_read_by_the_tool_for_old_ones_too(played: Any) -> None:
    one = played("int6400")
    (gateway,) = one.document["gateways"]
    macs = re.findall(r"station->MAC = (\S+)", one.tools["int6k"])
    assert [mac.lower() for mac in macs] == [station["mac"] for station in gateway["stations"]]
    assert f"network->NID = {gateway['nid'].upper()}" in one.tools["int6k"]


@pytest.mark.parametrize("name", ["four", "thirty", "lonely", "int6400", "av2", "two", "neighbours"])
def test_tshark_reads_the_frames_that_were_kept(name: str, played: Any, tmp_path: Path) -> None:
    if shutil.which("tshark") is None:
        pytest.skip("THE CROSS-CHECK WITH TSHARK WAS NOT RUN: missing Debian package: tshark")
    one, path = played(name), tmp_path / "x.pcap"
    path.write_bytes(one.pcap)
    fields = [part for name in ("eth.src", "homeplug_av.mmhdr.mmtype", "_ws.malformed") for part in ("-e", name)]
    command = ["tshark", "-r", str(path), "-T", "fields", *fields]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert not [row for row in rows if row[2]]
    assert {row[0] for row in rows} >= {LAPTOP_MAC, *(g["mac"] for g in one.document["gateways"])}
    assert len([row for row in rows if row[0] == LAPTOP_MAC]) == len(cable.asked(one.traffic))


def test_losses_delay_and_spoilt_blocks_are_told(played: Any) -> None:
    found = {finding["code"]: finding["severity"] for finding in played("lossy").document["findings"]}
    assert found["plc.replies-few"] == "failure"
    assert found["plc.reply-slow"] == "warning"
    assert found["plc.blocks-lost"] == "warning"
    assert played("lossy").document["severity"] == "failure"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("lonely", "plc.no-members"),
        ("no-network", "plc.no-members"),
        ("factory-key", "plc.factory-key"),
        ("neighbours", "plc.neighbours"),
        ("four", "plc.rate-low"),
        ("four", "plc.station-mute"),
    ],
)
def test_what_is_worth_a_word_is_said(name: str, code: str, played: Any) -> None:
    assert code in {finding["code"] for finding in played(name).document["findings"]}


def test_a_whole_network_is_all_right(played: Any) -> None:
    assert played("thirty").document["severity"] == "ok"
