"""Which lines are requests: a closed list, and every field read strictly."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

if sys.platform != "linux":
    pytest.skip("the program is for Linux", allow_module_level=True)

from installer_gui.privileged.__main__ import SERVICES
from installer_gui.privileged.nic import Nic
from installer_gui.privileged.requests import Kind, Refused, host, host_or_none, mac, read

OURS, NIC = "02:5a:50:00:00:01", Nic("lo")
KINDS: Mapping[str, Kind] = {name: kind for make in SERVICES for name, kind in make(NIC).kinds.items()}
DISCOVER = {"id": 1, "do": "dhcp-discover", "client": OURS, "wanted": "", "relay": False}
ARP = {"id": 1, "do": "arp", "address": "192.0.2.1", "probe": True}
NTP = {"id": 1, "do": "ntp", "address": "192.0.2.1"}
PLC = {"id": 1, "do": "homeplug", "request": "version", "target": "00:b0:52:00:00:01", "nid": "b0:f2:e6:95:66:6b:03"}
SCAN = {"id": 1, "do": "wifi-scan", "channels": 13, "names": []}
GOOD = (
    DISCOVER,
    {**DISCOVER, "wanted": "192.0.2.7", "relay": True},
    {"id": 0, "do": "dhcp-inform", "client": NIC.mac},
    {"id": 1, "do": "dhcp-open", "relay": True},
    {"id": 2**31 - 1, "do": "dhcp-close"},
    ARP,
    NTP,
    PLC,
    {**PLC, "request": "network-old", "target": "ff:ff:ff:ff:ff:ff"},
    SCAN,
    {**SCAN, "channels": 0, "names": ["4761726167", "f0" * 32]},
)
BAD = (
    ("wrong-fields", {"id": 1, "do": "dhcp-discover"}),
    ("wrong-fields", {**DISCOVER, "server": "192.0.2.1"}),
    ("wrong-fields", {**ARP, "frame": "ffffffffffff"}),
    ("wrong-fields", {"id": 1, "do": "dhcp-close", "client": OURS}),
    *(
        ("bad-client", {**DISCOVER, "client": client})
        for client in ("", "02:5a:51:00:00:01", OURS.upper(), OURS + ":02")
    ),
    *(("bad-client", {**DISCOVER, "client": client}) for client in (OURS[:-3], "ff:ff:ff:ff:ff:ff", None, 5, [OURS])),
    *(("bad-client", {**DISCOVER, "client": client}) for client in ("02:5a:5000:00:01:", "025a50000001", OURS + "\0")),
    *(("bad-wanted", {**DISCOVER, "wanted": wanted}) for wanted in ("x", "::1", "192.0.2.1/24", None, 3221225985)),
    *(
        ("bad-wanted", {**DISCOVER, "wanted": wanted})
        for wanted in ("0.0.0.0", "255.255.255.255", "224.0.0.1", "127.0.0.1")
    ),
    *(("bad-relay", {**DISCOVER, "relay": relay}) for relay in (0, 1, "true", None)),
    *(("bad-probe", {**ARP, "probe": probe}) for probe in (0, "", None)),
    *(("bad-address", {**NTP, "address": address}) for address in ("no.pool.ntp.org", "", "239.1.1.1", "127.0.0.1", 1)),
    *(("bad-channels", {**SCAN, "channels": channels}) for channels in (1, 14, "13", True, 13.0, None)),
    *(
        ("bad-names", {**SCAN, "names": names})
        for names in ("47", None, [1], ["zz"], [""], ["41" * 33], ["41"] * 5, {"41": 1})
    ),
    *(("bad-request", {**PLC, "request": name}) for name in ("", "key", "VERSION", "a000", 0xA000, None, ["version"])),
    *(("bad-target", {**PLC, "target": target}) for target in ("", "01:80:c2:00:00:00", "FF:FF:FF:FF:FF:FF", None)),
    *(("bad-nid", {**PLC, "nid": nid}) for nid in ("", "b0:f2:e6:95:66:6b", "b0f2e695666b03", 7, None)),
    ("wrong-fields", {**PLC, "frame": "ff"}),
    *(
        ("unknown-request", {"id": 1, "do": do})
        for do in ("dhcp-request", "dhcp-decline", "dhcp-release", "send", "", None, 1)
    ),
    *(("no-id", {**NTP, "id": number}) for number in (-1, 2**31, "1", 1.0, True, None)),
    ("no-id", {"do": "ntp", "address": "192.0.2.1"}),
    *(("no-id", data) for data in ([], "x", 1, None, True)),
)


def refused(line: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(line, KINDS)
    return caught.value.reason


@pytest.mark.parametrize("request_", GOOD, ids=lambda r: str(r["do"]))
def test_what_is_on_the_list_is_read(request_: Mapping[str, Any]) -> None:
    made = read(json.dumps(request_).encode(), KINDS)
    assert (made.id, made.name) == (request_["id"], request_["do"])


@pytest.mark.parametrize(("reason", "data"), BAD, ids=str)
def test_everything_else_is_refused_in_a_word(reason: str, data: object) -> None:
    assert refused(json.dumps(data).encode()) == reason


@pytest.mark.parametrize("line", [b"", b"\xff", b"{", b"[" * 1000, b'{"id":1}{"id":2}', b"NaN", b"9" * 1000])
def test_what_is_no_json_of_ours_is_refused(line: bytes) -> None:
    assert refused(line) in ("not-json", "no-id")


def test_a_refusal_names_its_request() -> None:
    with pytest.raises(Refused) as caught:
        read(b'{"id": 7, "do": "dhcp-request"}', KINDS)
    assert caught.value.id == 7


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["192.0.2.1", OURS, "arp"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.binary(max_size=200))
def test_bytes_are_refused_or_read_and_nothing_else_happens(line: bytes) -> None:
    with contextlib.suppress(Refused):
        read(line, KINDS)


@given(st.sampled_from(GOOD), st.data())
def test_one_strange_field_does_not_get_through(good: Mapping[str, Any], data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(sorted(good)))
    strange = {**good, field: data.draw(anything)}
    try:
        made = read(json.dumps(strange).encode(), KINDS)
    except Refused:
        return
    assert made.fields.keys() == KINDS[made.name].fields.keys()
    client = made.fields.get("client", OURS)
    assert client.startswith("02:5a:50:") or client == NIC.mac


@given(st.text())
def test_addresses_and_macs_are_read_as_one_spelling_only(text: str) -> None:
    for reader in (host, host_or_none, mac):
        try:
            assert reader(text) == text
        except ValueError:
            continue
    with pytest.raises(TypeError):
        host(int.from_bytes(socket.inet_aton("192.0.2.1")))
