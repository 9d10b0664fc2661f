"""Windows' libraries, played: the structures are real bytes in memory, the answers are told by the test."""

# ruff: noqa: N802 - methods have the names of the functions that they play

from __future__ import annotations

import ctypes
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from ctypes import c_uint8, c_uint16
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

from installer_gui.platforms.windows import freshness
from installer_gui.platforms.windows.iphlpapi import AdapterAddresses, EchoReply, Node, Unicast
from installer_gui.platforms.windows.wlanapi import (
    ACM,
    BssEntry,
    ConnectionAttributes,
    InterfaceInfo,
    NotificationData,
    Ssid,
)

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "windows"
GUID = bytes.fromhex("11111111222233330404040404040401")
SECOND = 10_000_000  # in 100 ns
UPTIME = 3600 * SECOND
ADDRESS = "02:00:00:00:01:01"


def layout(name: str) -> dict[str, tuple[int, ...]]:
    """What the real headers say: "Structure.field" -> offset and size, "Structure" -> size, constant -> value."""
    lines = (line.split()[1:] for line in (RECORDINGS / name).read_text().splitlines())
    return {key: tuple(map(int, (n for n in numbers if n != "-"))) for key, *numbers in lines}


class Library:
    """Methods of the same names as the library's functions, as functions that ctypes could declare."""

    FUNCTIONS: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.kept: list[Any] = []
        for name in self.FUNCTIONS:
            setattr(self, name, self._counted(name, getattr(self, f"_{name}")))
        self.calls: Counter[str] = Counter()

    def _counted(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def function(*arguments: Any) -> Any:
            self.calls[name] += 1
            return work(*arguments)

        return function

    def keep(self, thing: Any) -> int:
        """The address of something that stays in memory."""
        self.kept.append(thing)
        return ctypes.addressof(thing)


@dataclass
class Bss:
    """An access point in the service's list; `age_s` counts from the moment when the list is read."""

    ssid: bytes = b"Garage"
    bssid: str = ADDRESS
    khz: int = 2_437_000
    dbm: int = -73
    age_s: float = 0.0
    heard_at: int | None = None
    tsf: int = 0
    capability: int = 0x411

    def entry(self, offset: int) -> tuple[BssEntry, bytes]:
        elements = bytes([0, len(self.ssid)]) + self.ssid
        heard_at = freshness.now() - round(self.age_s * SECOND) if self.heard_at is None else self.heard_at
        made = BssEntry(
            ssid=Ssid(len(self.ssid), (c_uint8 * 32)(*self.ssid)),
            bssid=(c_uint8 * 6)(*bytes.fromhex(self.bssid.replace(":", ""))),
            rssi=self.dbm,
            khz=self.khz,
            capability=self.capability,
            host_timestamp=heard_at,
            timestamp=self.tsf,
            elements_offset=offset,
            elements_size=len(elements),
        )
        return made, elements


def bss_list(found: Iterable[Bss]) -> bytes:
    """A WLAN_BSS_LIST: the entries, then their elements."""
    found = list(found)
    entries, tail = b"", b""
    for number, bss in enumerate(found):
        entry, elements = bss.entry((len(found) - number) * 360 + len(tail))
        entries, tail = entries + bytes(entry), tail + elements
    return struct.pack("<II", 8 + len(entries) + len(tail), len(found)) + entries + tail


@dataclass
class Told:
    """What the service tells after a question: notification codes, each after some seconds."""

    codes: tuple[int, ...] = (7,)
    after_s: float = 0.02
    guid: bytes = GUID
    source: int = ACM


@dataclass
class Wlanapi(Library):
    """`fails` holds the codes that the next calls of a function return; `listed` makes the list at each reading."""

    FUNCTIONS = (
        *("WlanOpenHandle", "WlanCloseHandle", "WlanFreeMemory", "WlanEnumInterfaces", "WlanRegisterNotification"),
        *("WlanScan", "WlanGetNetworkBssList", "WlanQueryInterface"),
    )
    listed: Callable[[], bytes] = lambda: bss_list([Bss()])
    tells: list[Told] = field(default_factory=list)
    fails: dict[str, list[int]] = field(default_factory=dict)
    radios: list[tuple[bytes, str, int]] = field(default_factory=lambda: [(GUID, "Intel(R) Wi-Fi 6 AX201", 4)])
    joined: str = ""
    asked: list[bytes] = field(default_factory=list)
    given: set[int] = field(default_factory=set)
    handles: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self._listener: Any = None

    def _code(self, function: str) -> int:
        waiting = self.fails.get(function, [])
        return waiting.pop(0) if waiting else 0

    def _give(self, out: Any, data: bytes) -> int:
        address = self.keep((c_uint8 * len(data)).from_buffer_copy(data))
        self.given.add(address)
        out._obj.value = address
        return 0

    def _WlanOpenHandle(self, version: int, _: None, negotiated: Any, handle: Any) -> int:
        assert version == 2
        if code := self._code("WlanOpenHandle"):
            return code
        self.handles += 1
        handle._obj.value = 0x42
        return 0

    def _WlanCloseHandle(self, handle: Any, _: None) -> int:
        assert self._listener is None, "the service would call into a dead listener"
        self.handles -= 1
        return 0

    def _WlanFreeMemory(self, memory: Any) -> None:
        self.given.remove(memory.value)

    def _WlanEnumInterfaces(self, handle: Any, _: None, out: Any) -> int:
        if code := self._code("WlanEnumInterfaces"):
            return code
        entries = b""
        for guid, description, state in self.radios:
            text = (c_uint16 * 256)(*struct.unpack(f"<{len(description)}H", description.encode("utf-16-le")))
            entries += bytes(InterfaceInfo((c_uint8 * 16)(*guid), text, state))
        return self._give(out, struct.pack("<II", len(self.radios), 0) + entries)

    def _WlanRegisterNotification(self, handle: Any, source: int, twice: int, listener: Any, *_: Any) -> int:
        assert source in (0, ACM), "other notifications need a permission"
        if source and (code := self._code("WlanRegisterNotification")):
            return code
        self._listener = listener if source else None
        return 0

    def _WlanScan(self, handle: Any, guid: bytes, named: Any, *_: Any) -> int:
        if code := self._code("WlanScan"):
            return code
        self.asked.append(bytes(named._obj.octets[: named._obj.length]) if named else b"")
        told = self.tells.pop(0) if self.tells else Told()
        for number, notification in enumerate(told.codes, 1):
            data = NotificationData(source=told.source, code=notification, guid=(c_uint8 * 16)(*told.guid))
            threading.Timer(told.after_s * number, self._tell, [data]).start()
        return 0

    def _tell(self, data: NotificationData) -> None:
        if self._listener is not None:
            self._listener(ctypes.pointer(data), None)

    def _WlanGetNetworkBssList(
        self, handle: Any, guid: bytes, ssid: None, kind: int, secure: int, _: None, out: Any
    ) -> int:
        assert (ssid, kind, secure) == (None, 3, 0)
        return self._code("WlanGetNetworkBssList") or self._give(out, self.listed())

    def _WlanQueryInterface(self, handle: Any, guid: bytes, what: int, _: None, size: Any, out: Any, kind: None) -> int:
        if not self.joined:
            return 5023
        told = ConnectionAttributes(bssid=(c_uint8 * 6)(*bytes.fromhex(self.joined.replace(":", ""))))
        size._obj.value = ctypes.sizeof(told)
        return self._give(out, bytes(told))


@dataclass
class Nic:
    """An adapter as Windows would describe it. Addresses are "address/prefix", or "address/prefix!STATE"."""

    name: str = "Ethernet"
    description: str = "Intel(R) Ethernet Connection I219-LM"
    guid: str = "{6C6C6C6C-0000-4000-8000-000000000001}"
    index: int = 7
    type: int = 6
    mac: str = "3c:52:82:00:00:57"
    addresses: tuple[str, ...] = ("192.168.1.57/24", "fe80::1/64")
    gateways: tuple[str, ...] = ("192.168.1.1",)
    dns: tuple[str, ...] = ("192.168.1.1", "fd00::53")
    dhcp_server: str = "192.168.1.1"
    dhcp: bool = True
    up: bool = True
    mtu: int = 1500
    metric: int = 25


def route(index: int, destination: str, gateway: str, metric: int, loopback: bool = False) -> bytes:
    """A MIB_IPFORWARD_ROW2."""
    network, _, length = destination.partition("/")
    prefix = struct.pack("<H2x4s20xB3x", 2, IPv4Address(network).packed, int(length))
    hop = struct.pack("<H2x4s20x", 2, IPv4Address(gateway).packed)
    return struct.pack("<8xI", index) + prefix + hop + struct.pack("<12xI4xB11x", metric, loopback)


def routes(*rows: bytes) -> bytes:
    """A MIB_IPFORWARD_TABLE2."""
    return struct.pack("<I4x", len(rows)) + b"".join(rows)


@dataclass
class Iphlpapi(Library):
    """`neighbours` are the MACs that answer ARP, `alive` who answers ping."""

    FUNCTIONS = (
        *("GetAdaptersAddresses", "GetIpForwardTable2", "FreeMibTable", "SendARP"),
        *("IcmpCreateFile", "IcmpCloseHandle", "IcmpSendEcho2Ex"),
    )
    nics: list[Nic] = field(default_factory=lambda: [Nic()])
    table: bytes = routes(route(7, "0.0.0.0/0", "192.168.1.1", 0))
    neighbours: dict[str, str] = field(default_factory=dict)
    alive: set[str] = field(default_factory=set)
    own: str = "192.168.1.57"
    code: int = 0
    needed: int = 0
    open_files: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def _GetAdaptersAddresses(self, family: int, flags: int, _: None, buffer: Any, size: Any) -> int:
        assert (family, flags) == (0, 0x86)
        if size._obj.value < self.needed:
            size._obj.value = self.needed
            return 111
        if self.code or not self.nics:
            return self.code or 232
        following = 0
        for nic in reversed(self.nics):
            made = self._adapter(nic, following)
            following = self.keep(made)
        ctypes.memmove(buffer, following, ctypes.sizeof(AdapterAddresses))
        return 0

    def _adapter(self, nic: Nic, following: int) -> AdapterAddresses:
        mac = bytes.fromhex(nic.mac.replace(":", ""))
        return AdapterAddresses(
            index=nic.index,
            next=following,
            adapter_name=self.keep(ctypes.create_string_buffer(nic.guid.encode())),
            unicast=self._chain([self._unicast(address) for address in nic.addresses]),
            dns_servers=self._chain([Node(sockaddr=self._sockaddr(address)) for address in nic.dns]),
            description=self._wide(nic.description),
            friendly_name=self._wide(nic.name),
            mac=(c_uint8 * 8)(*mac),
            mac_length=len(mac),
            flags=4 if nic.dhcp else 0,
            mtu=nic.mtu,
            type=nic.type,
            oper_status=1 if nic.up else 2,
            gateways=self._chain([Node(sockaddr=self._sockaddr(address)) for address in nic.gateways]),
            metric=nic.metric,
            dhcp_server=self._sockaddr(nic.dhcp_server) if nic.dhcp_server else 0,
        )

    def _unicast(self, text: str) -> Unicast:
        text, _, state = text.partition("!")
        address, _, prefix = text.partition("/")
        node = Node(sockaddr=self._sockaddr(address))
        return Unicast(node=node, dad_state=int(state or 4), prefix_length=int(prefix))

    def _chain(self, nodes: list[Any]) -> int:
        following = 0
        for made in reversed(nodes):
            node = made.node if isinstance(made, Unicast) else made
            node.next = following
            following = self.keep(made)
        return following

    def _sockaddr(self, address: str) -> int:
        packed = IPv6Address(address).packed if ":" in address else IPv4Address(address).packed
        head = struct.pack("<HHI", 23, 0, 0) if len(packed) == 16 else struct.pack("<HH", 2, 0)
        return self.keep(ctypes.create_string_buffer(head + packed, 28))

    def _wide(self, text: str) -> int:
        return self.keep(ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0"))

    def _GetIpForwardTable2(self, family: int, out: Any) -> int:
        assert family == 2
        out._obj.value = self.keep((c_uint8 * len(self.table)).from_buffer_copy(self.table))
        return 0

    def _FreeMibTable(self, table: Any) -> None: ...

    def _SendARP(self, target: int, own: int, mac: Any, size: Any) -> int:
        if _address(own) != self.own:
            return 1168
        answer = self.neighbours.get(_address(target))
        if answer is None:
            return 67
        mac[:6] = bytes.fromhex(answer.replace(":", ""))
        size._obj.value = 6
        return 0

    def _IcmpCreateFile(self) -> int:
        self.open_files += 1
        return 0x33

    def _IcmpCloseHandle(self, handle: int) -> int:
        self.open_files -= 1
        return 1

    def _IcmpSendEcho2Ex(self, *arguments: Any) -> int:
        _, _, _, _, own, target, payload, size, _, reply, room, _ = arguments
        assert (_address(own), len(payload), room >= 40 + size + 8) == (self.own, size, True)
        if _address(target) not in self.alive:
            return 0
        ctypes.memmove(reply, bytes(EchoReply(address=target, status=0, size=size)), ctypes.sizeof(EchoReply))
        return 1


def _address(number: int) -> str:
    return str(IPv4Address(number.to_bytes(4, "little")))
