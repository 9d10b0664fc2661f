"""Powerline: what can be asked of HomePlug modems, and what was heard of a site's gateways and their members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

FACTORY_NID = "b0:f2:e6:95:66:6b:03"  # of the key that every modem leaves its factory with: no encryption
LOCAL = "00:b0:52:00:00:01"  # the modem at the end of the cable; not passed on over the mains
EVERYBODY = "ff:ff:ff:ff:ff:ff"


class Request(StrEnum):
    """Everything that can be asked. The list is closed, and all of it only reads; no answer holds a network key."""

    VERSION = "version"
    NETWORK = "network"
    NETWORK_OLD = "network-old"
    BLOCKS = "blocks"
    LINK = "link"
    MAKER = "maker"
    ATTRIBUTES = "attributes"
    HEARD = "heard"
    BRIDGE = "bridge"
    CAPABILITIES = "capabilities"
    MEMBERSHIP = "membership"
    RATES = "rates"
    BROADCOM_DISCOVER = "broadcom-discover"
    BROADCOM_MEMBERSHIP = "broadcom-membership"
    BROADCOM_RATES = "broadcom-rates"


@dataclass(frozen=True, slots=True)
class Question:
    """A request to a modem, by its MAC, LOCAL or EVERYBODY. Only BROADCOM_RATES names a network, `nid`."""

    request: Request
    target: str
    nid: str = FACTORY_NID


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame as it was on the wire, and when, in seconds since 1970."""

    at: float
    data: bytes
    sent: bool = False


class Role(StrEnum):
    """What a station is in its network: coordinator, proxy of one, or neither."""

    STA = "STA"
    PCO = "PCO"
    CCO = "CCO"


@dataclass(frozen=True, slots=True)
class Replies:
    """What became of questions to one station: how many were put and answered, and how long that took in ms."""

    sent: int = 0
    got: int = 0
    median_ms: float | None = None
    longest_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A station of a gateway's network. `bda` is the first address that it bridges; rates are Mbit/s, from and to the
    gateway; `chip` and `firmware` are its own words."""

    mac: str
    gateway: str
    tei: int = 0
    role: Role = Role.STA
    bda: str | None = None
    tx_mbps: int = 0
    rx_mbps: int = 0
    chip: str | None = None
    firmware: str | None = None
    replies: Replies = Replies()

    def __str__(self) -> str:
        """One line that `parse` reads again; the firmware's words come last."""
        shown = (
            self.mac,
            self.gateway,
            self.tei,
            self.role,
            self.bda,
            self.tx_mbps,
            self.rx_mbps,
            *_fields(self.replies),
        )
        return " ".join("-" if part is None else str(part) for part in (*shown, self.chip, self.firmware))

    @classmethod
    def parse(cls, text: str) -> Member | None:
        """What `str` made, back again; None for anything else."""
        try:
            mac, gateway, tei, role, bda, tx, rx, sent, got, median, longest, chip, firmware = text.split(" ", 12)
            replies = Replies(int(sent), int(got), _number(median), _number(longest))
            numbers = int(tx), int(rx), _text(chip), _text(firmware)
            return cls(mac, gateway, int(tei), Role(role), _text(bda), *numbers, replies)
        except ValueError:
            return None

    def is_station(self, mac: str) -> bool:
        """Whether it is known by that address: its own on the mains, or the one behind it."""
        return mac in (self.mac, self.bda)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks on the mains since the first reading of a gateway's counters, good and spoilt."""

    good: int
    bad: int


@dataclass(frozen=True, slots=True)
class Gateway:
    """A modem on this computer's cable. Unless it is `readable`, nothing is known of its network.

    `nid` is None where it has joined none. `members` are all others of its network, charging stations or not.
    """

    mac: str
    chip: str | None = None
    firmware: str | None = None
    maker: str = ""
    readable: bool = False
    nid: str | None = None
    snid: int | None = None
    tei: int = 0
    role: Role | None = None
    cco: str = ""
    members: tuple[Member, ...] = ()
    blocks: Blocks | None = None

    @property
    def factory_key(self) -> bool:
        return self.nid == FACTORY_NID


@dataclass(frozen=True, slots=True)
class Stranger:
    """A station of a neighbour's network."""

    mac: str
    tei: int
    role: Role


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another network on the same mains."""

    nid: str
    snid: int
    stations: tuple[Stranger, ...] = ()


@dataclass(frozen=True, slots=True)
class Powerline:
    """What was heard on one interface. `frames` are all that were sent and all that answered."""

    interface: str
    own_mac: str
    backend: str = ""
    gateways: tuple[Gateway, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    frames: tuple[Frame, ...] = field(default=(), repr=False)

    @property
    def readable(self) -> bool:
        """Whether any gateway's network is known, were it an empty one."""
        return any(gateway.readable for gateway in self.gateways)

    @property
    def members(self) -> tuple[Member, ...]:
        """Every station of the gateways' networks once, but no gateway."""
        gateways = {gateway.mac for gateway in self.gateways}
        found = (member for gateway in self.gateways for member in gateway.members if member.mac not in gateways)
        return tuple({member.mac: member for member in found}.values())


def is_one_modems(mac: str) -> bool:
    """Whether a single modem can have that address, as no group of them can."""
    return not int(mac[:2], 16) & 0x01


def known_as(members: Sequence[Member], mac: str) -> Member | None:
    """The member that has that address."""
    return next((member for member in members if member.is_station(mac)), None)


def _fields(replies: Replies) -> tuple[int | float | None, ...]:
    return replies.sent, replies.got, replies.median_ms, replies.longest_ms


def _text(part: str) -> str | None:
    return None if part == "-" else part


def _number(part: str) -> float | None:
    return None if part == "-" else float(part)
