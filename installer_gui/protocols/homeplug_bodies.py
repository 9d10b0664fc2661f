"""What HomePlug answers hold. MACs, OUIs and NIDs are text in the order of the wire; rates are Mbit/s."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SoftwareVersion:
    """VS_SW_VER. `chip` is None where the modem refused (`status` is not 0) or is of a kind that nobody knows."""

    status: int
    device_class: int
    chip: str | None
    firmware: str


@dataclass(frozen=True, slots=True)
class NetworkStation:
    """Another station as the asked modem sees it. `bda` is the first address behind it, None where none is known."""

    mac: str
    tei: int
    bda: str | None
    tx_mbps: int
    rx_mbps: int


@dataclass(frozen=True, slots=True)
class Network:
    """A network that the asked modem is in; `tei` and `role` are its own."""

    nid: str
    factory_key: bool
    snid: int
    tei: int
    role: str | None
    cco_mac: str
    cco_tei: int
    stations: tuple[NetworkStation, ...]


@dataclass(frozen=True, slots=True)
class NetworkInfo:
    """VS_NW_INFO. No network: the modem has joined none."""

    networks: tuple[Network, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """Counters of what the modem sent: MPDUs, and the blocks (PB) in them."""

    mpdu_acked: int
    mpdu_collided: int
    mpdu_failed: int
    pb_ok: int
    pb_bad: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Counters of one slot of a receiver's tone maps."""

    rate: int
    pb_ok: int
    pb_bad: int
    turbo_ok: int
    turbo_bad: int


@dataclass(frozen=True, slots=True)
class Received:
    """Counters of what the modem received."""

    mpdu_acked: int
    mpdu_failed: int
    pb_ok: int
    pb_bad: int
    turbo_ok: int
    turbo_bad: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class LinkStatistics:
    """VS_LNK_STATS. `tx` and `rx` are None where that direction is not told."""

    status: int
    direction: int
    lid: int
    tei: int
    tx: Sent | None
    rx: Received | None


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """VS_PL_LINK_STATUS."""

    status: int
    link_up: bool


@dataclass(frozen=True, slots=True)
class Attributes:
    """VS_OP_ATTRIBUTES. After a refusal (`status` is not 0) nothing else is told."""

    status: int
    cookie: int
    report_type: int
    hardware: str | None = None
    software: str | None = None
    major: int | None = None
    minor: int | None = None
    composite: int | None = None
    sustaining: int | None = None
    build: int | None = None
    date: str | None = None
    release: str | None = None


@dataclass(frozen=True, slots=True)
class MakerString:
    """VS_MFG_STRING."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class HeardStation:
    """A station on the mains. `signal_level`: 0 not told, 1 the strongest, 15 the weakest."""

    mac: str
    tei: int
    same_network: bool
    snid: int
    cco: bool
    pco: bool
    backup_cco: bool
    signal_level: int
    ble: int


@dataclass(frozen=True, slots=True)
class HeardNetwork:
    """A network on the mains."""

    nid: str
    snid: int
    hybrid: int
    slots: int
    coordinating: int
    beacon_offset: int


@dataclass(frozen=True, slots=True)
class DiscoverList:
    """CC_DISCOVER_LIST: everything that the modem hears. A station belongs to a network by its SNID."""

    stations: tuple[HeardStation, ...]
    networks: tuple[HeardNetwork, ...]


@dataclass(frozen=True, slots=True)
class BridgeInfo:
    """CM_BRG_INFO: the addresses on the modem's own cable."""

    bridging: bool
    tei: int | None
    macs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """CM_STA_CAP. `av_version`: 0 is HomePlug AV 1.1, 1 is AV 2.0."""

    av_version: int
    mac: str
    oui: str
    cco_capability: int
    proxy: int
    backup_cco: int
    implementation: int


@dataclass(frozen=True, slots=True)
class Membership:
    """A network that the asked modem is in, without its stations."""

    nid: str
    snid: int
    tei: int
    role: str | None
    cco_mac: str
    access: int
    coordinating: int


@dataclass(frozen=True, slots=True)
class Memberships:
    """CM_NW_INFO."""

    networks: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """The average rates to and from a station."""

    mac: str
    tx_mbps: int
    rx_mbps: int


@dataclass(frozen=True, slots=True)
class Rates:
    """CM_NW_STATS, and Broadcom's own."""

    stations: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """CM_MME_ERROR: the modem does not take a request."""

    reason: int
    rx_version: int
    rx_message_type: int
    offset: int


@dataclass(frozen=True, slots=True)
class BroadcomInterface:
    """Broadcom's discovery. `interface`: 0 and 1 are on the cable, 2 and 3 on the mains, 4 inside the modem."""

    interface: int
    text: str


@dataclass(frozen=True, slots=True)
class BroadcomMembership:
    """A network as Broadcom tells it. `status`: 0 joined, 1 known but not joined, 2 without a key."""

    nid: str
    snid: int
    tei: int
    role: str | None
    cco_mac: str
    access: int
    coordinating: int
    status: int
    backup_cco_mac: str


@dataclass(frozen=True, slots=True)
class BroadcomMemberships:
    """Broadcom's network information."""

    networks: tuple[BroadcomMembership, ...]


Body = (
    SoftwareVersion
    | NetworkInfo
    | LinkStatistics
    | LinkStatus
    | Attributes
    | MakerString
    | DiscoverList
    | BridgeInfo
    | Capabilities
    | Memberships
    | Rates
    | Refusal
    | BroadcomInterface
    | BroadcomMemberships
)
