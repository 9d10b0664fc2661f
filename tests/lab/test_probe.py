"""An ordinary user and the privileged program: everything is measured, and no more is sent than root would send."""

from __future__ import annotations

import json
import random
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from . import probe
from .blueprint import LAPTOP, LAPTOP_MAC, ROUTER, Blueprint, Dhcp, forward
from .build import build
from .manners import DISCOVERS_A_SECOND, NETWORK, strangers
from .product import Run
from .site import Site
from .watch import ETH_P_ARP, ETH_P_IP, Traffic, Watch, peak

pytestmark = pytest.mark.lab
CLIENT = "02:5a:50:00:00:01"
TWICE = "ip address add 192.168.50.57/24 dev eth0"
ROGUE = "dhcp-range=192.168.50.220,192.168.50.240,1h\ndhcp-option=6,192.168.50.2"
UNREACHABLE = 3
ONLY_FROM_123 = forward("udp dport 123 udp sport != 123 drop")


def played(site: Site, stations: int = 6) -> tuple[Run, Traffic]:
    environment = probe.install(site)
    watch = Watch(site)
    run = probe.check(site, environment, stations=stations)
    return run, watch.traffic()


@pytest.fixture
def healthy() -> Iterator[Site]:
    with build(Blueprint()) as site:
        yield site


def test_a_healthy_site_is_measured_whole_and_passes(healthy: Site) -> None:
    run, traffic = played(healthy)
    assert (run.document["verdict"], run.exit, run.codes) == ("passed", 0, ()), run.told
    assert run.document["summary"]["not-measured"] == 0
    assert set(traffic.dhcp) <= {"DISCOVER", "INFORM"}
    assert peak(traffic.dhcp_times("DISCOVER")) <= DISCOVERS_A_SECOND
    assert traffic.sources - NETWORK == {LAPTOP_MAC}
    assert not strangers(traffic)
    assert healthy.run("laptop", "pgrep", "-f", "driftklar-probe").stdout == ""  # it has ended with its caller


@pytest.mark.parametrize(
    ("code", "site"),
    [
        ("dhcp.too-few-addresses", Blueprint(dhcp=Dhcp(taken=95))),
        ("dhcp.no-server", Blueprint(dhcp=None)),
        ("dhcp.rival-servers", Blueprint(others="ip address add 192.168.50.2/24 dev eth0", rogue=ROGUE)),
        ("link.address-taken", Blueprint(others=TWICE)),
        ("time.only-source-port-123", Blueprint(firewall=ONLY_FROM_123)),
    ],
)
def test_faults_that_need_rights_to_be_seen_are_seen(code: str, site: Blueprint) -> None:
    with build(site) as built:
        run, _ = played(built)
        assert code in run.codes, run.told


def test_without_rights_on_its_file_the_program_is_not_even_started(healthy: Site) -> None:
    environment = probe.install(healthy)
    healthy.shell("laptop", f"setcap -r {environment['DRIFTKLAR_PROBE']}")
    run = probe.check(healthy, environment, form="text")
    assert run.exit == 3
    assert f"sudo setcap {probe.CAPABILITIES} {environment['DRIFTKLAR_PROBE']}" in run.stdout


def test_a_user_whom_the_file_does_not_admit_is_told_the_group(healthy: Site) -> None:
    environment = probe.install(healthy)
    script = environment["DRIFTKLAR_PROBE"]
    healthy.shell("laptop", f"chown root:dialout {script}; chmod 750 {script}; setcap {probe.CAPABILITIES} {script}")
    run = probe.check(healthy, environment, form="text")
    assert run.exit == 3
    assert "sudo usermod -aG dialout $USER" in run.stdout


class Talk:
    """The program alone, and what it put on the wire."""

    def __init__(self, site: Site, *, root: bool = False) -> None:
        self.process = probe.start(site, probe.install(site), root=root)
        self._watch = Watch(site)

    def say(self, *requests: Mapping[str, Any]) -> None:
        assert self.process.stdin is not None
        lines = (json.dumps({"id": i, **request}) + "\n" for i, request in enumerate(requests))
        self.process.stdin.write("".join(lines).encode())

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        return dict(json.loads(self.process.stdout.readline()))

    def end(self) -> tuple[list[dict[str, Any]], Traffic]:
        """What else it said, and everything that it sent."""
        out, _ = self.process.communicate(timeout=10)
        return [json.loads(line) for line in out.splitlines()], self._watch.traffic()


def discover(**other: object) -> dict[str, object]:
    return {"do": "dhcp-discover", "client": CLIENT, "wanted": "", "relay": False, **other}


def arp(address: str, *, as_nobody: bool = False) -> dict[str, object]:
    return {"do": "arp", "address": address, "probe": as_nobody}


def status(site: Site) -> dict[str, str]:
    """What the kernel tells of the running program."""
    found = site.run("laptop", "sh", "-c", "cat /proc/$(pgrep -f 'driftklar-prob[e] eth0$')/status").stdout
    return dict(re.findall(r"^(\w+):[ \t]*(.*)$", found, re.MULTILINE))


@pytest.mark.parametrize("root", [False, True])
def test_it_gives_up_everything_but_low_ports(healthy: Site, root: bool) -> None:
    talk = Talk(healthy, root=root)
    told = status(healthy)
    talk.end()
    assert {told["CapPrm"], told["CapEff"]} == {f"{1 << 10:016x}"}
    assert {told["CapInh"], told["CapAmb"]} == {f"{0:016x}"}
    assert told["NoNewPrivs"] == "1"
    assert told["Uid"].split() == ["65534"] * 4
    assert told["Groups"].split() == []


def test_it_makes_only_the_frames_on_its_list(healthy: Site) -> None:
    talk = Talk(healthy)
    talk.say(
        {"do": "dhcp-open", "relay": True},
        discover(client=LAPTOP_MAC, wanted="192.168.50.150", relay=True),
        discover(client="02:5a:51:00:00:01"),
        discover(client="b8:27:eb:00:00:01"),
        discover(wanted="255.255.255.255"),
        {"do": "dhcp-inform", "client": CLIENT},
        {"do": "dhcp-request", "client": CLIENT},
        arp(ROUTER),
        arp(LAPTOP, as_nobody=True),
        arp("192.168.51.1"),
        arp("8.8.8.8"),
        {"do": "ntp", "address": "203.0.113.101"},
        {"do": "ntp", "address": "224.0.1.1"},
        {"do": "wifi-scan", "channels": 0, "names": []},
    )
    time.sleep(2)
    told, traffic = talk.end()
    answers = {line["id"]: line for line in told if "id" in line}
    assert {number for number, line in answers.items() if "refused" in line} == {2, 3, 4, 6, 9, 10, 12}
    assert {number for number, line in answers.items() if "failed" in line} == {13}
    assert traffic.dhcp == {"DISCOVER": 1, "INFORM": 1}
    assert {p.target for p in traffic.sent} == {"255.255.255.255", "203.0.113.101"}
    assert traffic.udp["203.0.113.101", 123] == 1
    assert {frame.protocol for frame in traffic.frames if frame.source == LAPTOP_MAC} <= {ETH_P_ARP, ETH_P_IP}
    asked = {(frame.data[28:32], frame.data[38:42]) for frame in traffic.arp if frame.data[20:22] == b"\0\1"}
    own, router, nobody = bytes(map(int, LAPTOP.split("."))), bytes(map(int, ROUTER.split("."))), bytes(4)
    assert {(own, router), (nobody, own)} <= asked
    assert {sender for sender, _ in asked} <= {own, nobody}  # it claims nothing that is not the computer's
    assert traffic.sources - NETWORK == {LAPTOP_MAC}


def test_whatever_is_asked_in_whatever_order_nothing_else_comes_of_it(healthy: Site) -> None:
    chance, talk = random.Random(7), Talk(healthy)
    wanted, clients = ("", "192.168.50.9", "10.0.0.1", "8.8.8.8"), (CLIENT, LAPTOP_MAC, "02:5a:50:ff:ff:ff")
    makers = (
        lambda: discover(client=chance.choice(clients), wanted=chance.choice(wanted), relay=chance.random() < 0.5),
        lambda: {"do": "dhcp-inform", "client": chance.choice(clients)},
        lambda: {"do": "dhcp-open", "relay": chance.random() < 0.5},
        lambda: {"do": "dhcp-close"},
        lambda: arp(f"192.168.50.{chance.randrange(256)}", as_nobody=chance.random() < 0.5),
        lambda: {"do": "ntp", "address": chance.choice(("203.0.113.101", "8.8.8.8", "192.168.50.1"))},
        lambda: {"do": "wifi-scan", "channels": chance.choice((0, 11, 13)), "names": ["4761"]},
    )
    talk.say(*(chance.choice(makers)() for _ in range(70)))
    time.sleep(8)
    told, traffic = talk.end()
    answers = [line for line in told if "id" in line]
    assert [line["id"] for line in answers] == list(range(70))
    assert not any("broken" in line or "gone" in line for line in told)
    assert set(traffic.dhcp) <= {"DISCOVER", "INFORM"}
    assert {port for _, port in traffic.udp} <= {67, 123}
    assert all(count <= 4 for (_, port), count in traffic.udp.items() if port == 123)
    others = [p for p in traffic.sent if p.protocol != socket.IPPROTO_UDP]
    assert {(p.protocol, p.payload[0]) for p in others} <= {(socket.IPPROTO_ICMP, UNREACHABLE)}  # the kernel's word
    assert traffic.sources - NETWORK == {LAPTOP_MAC}


def test_offers_and_claims_are_told(healthy: Site) -> None:
    talk = Talk(healthy)
    talk.say({"do": "dhcp-open", "relay": False}, discover(wanted="192.168.50.150"), arp(ROUTER))
    time.sleep(1)
    told, _ = talk.end()
    (offer,) = (line["dhcp"] for line in told if "dhcp" in line)
    assert (offer["kind"], offer["client"], offer["address"]) == ("offer", CLIENT, "192.168.50.150")
    assert {"arp": {"address": ROUTER, "mac": "b8:27:eb:00:00:01"}} in told


def test_the_pace_is_kept_whatever_the_caller_does(healthy: Site) -> None:
    talk = Talk(healthy)
    inform = {"do": "dhcp-inform", "client": CLIENT}
    talk.say({"do": "dhcp-open", "relay": False}, *(request for _ in range(15) for request in (discover(), inform)))
    time.sleep(3)
    talk.process.kill()
    _, traffic = talk.end()
    assert peak((*traffic.dhcp_times("DISCOVER"), *traffic.dhcp_times("INFORM"))) <= DISCOVERS_A_SECOND
    assert sum(traffic.dhcp.values()) >= 20


def test_starting_it_again_and_again_gains_nothing(healthy: Site) -> None:
    environment = probe.install(healthy)
    watch, end = Watch(healthy), time.monotonic() + 3
    while time.monotonic() < end:
        process = probe.start(healthy, environment)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"id": 1, **discover()}).encode() + b"\n")
        process.stdout.readline()
        process.communicate(timeout=5)
    traffic = watch.traffic()
    assert peak(traffic.dhcp_times("DISCOVER")) <= DISCOVERS_A_SECOND
    assert traffic.dhcp["DISCOVER"] > 5


def test_there_is_one_of_it_on_a_wire(healthy: Site) -> None:
    talk = Talk(healthy)
    second = healthy.run("laptop", *probe.USER, str(healthy.inner / "probe/driftklar-probe"), "eth0")
    assert (second.returncode, json.loads(second.stdout)) == (75, {"gone": 98})
    talk.end()


def test_a_second_run_beside_the_first_says_that_the_program_is_busy(healthy: Site) -> None:
    talk = Talk(healthy)
    environment = {"DRIFTKLAR_PROBE": str(healthy.inner / "probe/driftklar-probe")}
    run = probe.check(healthy, environment)
    talk.end()
    reasons = {check["id"]: check["reason"] for check in run.document["checks"]}
    assert (reasons["dhcp-server"], reasons["link-gateway"]) == ("busy", None), run.told
    assert run.document["verdict"] == "incomplete"


def test_an_adapter_that_is_pulled_out_is_told(healthy: Site) -> None:
    talk = Talk(healthy)
    healthy.shell("laptop", "ip link set eth0 down")
    told, _ = talk.end()
    assert told[-1] == {"gone": 100}
    assert talk.process.returncode == 0


def test_hostile_lines_make_no_frame(healthy: Site) -> None:
    talk = Talk(healthy)
    assert talk.process.stdin is not None
    bad = [b'{"id":1,"do":"arp","address":"192.168.50.1","probe":true,"frame":"ff"}', b"\xff" * 300, b"[]", b'{"id":1}']
    talk.process.stdin.write(b"\n".join(bad * 50) + b"\n")
    told, traffic = talk.end()
    assert len(told) == 4 * 50
    assert all("refused" in line for line in told)
    assert not traffic.sent
    assert not traffic.arp


def pkexec(site: Site, script: str) -> dict[str, str]:
    """A computer whose program has no rights of its own, and a `pkexec` that does as the script says."""
    real = probe.install(site)["DRIFTKLAR_PROBE"]
    bare = site.write("bare/driftklar-probe", "#!/bin/sh\nexit 1\n")
    path = site.write(
        "bin/pkexec", f"#!/bin/sh\n[ $# = 2 ] && [ $1 = {bare} ] || exit 99\n{script.format(real=real)}\n"
    )
    site.shell("laptop", f"chmod 755 {bare} {path}; mkdir -p /run/dbus; touch /run/dbus/system_bus_socket")
    search = f"{Path(path).parent}:{probe.ENVIRONMENT['PATH']}"
    return {"DRIFTKLAR_PROBE": bare, "PATH": search, "DISPLAY": ":9"}


def test_with_a_password_everything_is_measured(healthy: Site) -> None:
    environment = pkexec(healthy, 'sleep 0.3; exec {real} "$2"')
    run = probe.check(healthy, environment, "--allow-helper")
    assert (run.document["verdict"], run.stderr) == ("passed", ""), run.told


def test_the_environment_allows_it_as_the_option_does(healthy: Site) -> None:
    environment = pkexec(healthy, 'exec {real} "$2"')
    assert probe.check(healthy, {**environment, "DRIFTKLAR_ALLOW_HELPER": "1"}).document["verdict"] == "passed"


def test_nobody_is_asked_who_did_not_allow_it(healthy: Site) -> None:
    environment = pkexec(healthy, "touch /run/home/asked; exit 126")
    run = probe.check(healthy, environment, form="text")
    assert run.exit == 3
    assert "--allow-helper" in run.stdout
    assert healthy.run("laptop", "ls", "/run/home").stdout == ""


@pytest.mark.parametrize("code", [126, 127])
def test_a_refusal_is_told_and_the_rest_is_measured(healthy: Site, code: int) -> None:
    run = probe.check(healthy, pkexec(healthy, f"exit {code}"), "--allow-helper")
    assert (run.document["verdict"], run.areas["dhcp"], run.areas["mqtt"]) == ("incomplete", "not-measured", "pass")
    assert "Permission has not been given" in run.stderr


def test_ctrl_c_ends_the_waiting_for_a_password(healthy: Site) -> None:
    environment = {**probe.ENVIRONMENT, **pkexec(healthy, "exec sleep 60")}
    command = healthy.inside("laptop", *probe.USER, *probe.program("check", "--interface", "eth0", "--allow-helper"))
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(2)
    start = time.monotonic()
    healthy.run("laptop", "pkill", "-INT", "-f", "installer_gui check")
    process.communicate(timeout=10)
    assert time.monotonic() - start < 2.5
    assert process.returncode == 3
    assert healthy.run("laptop", "pgrep", "-f", "sleep 60").stdout == ""
