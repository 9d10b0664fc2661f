"""HomePlug AV and Green PHY management messages in Ethernet frames. `decode` reads them; see `homeplug_requests` for
what can be said.

Sources: HomePlug AV 1.1 (management messages), Wireshark's and open-plc-utils' published layouts, captures of
QCA7000, QCA7005 and QCA7420.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..errors import Malformed
from . import homeplug_broadcom as broadcom
from . import homeplug_qualcomm as qualcomm
from . import homeplug_standard as standard
from .homeplug_bodies import Body, Rates
from .octets import Octets

HOMEPLUG, BROADCOM = 0x88E1, 0x8912  # ethertypes
QUALCOMM_OUI, BROADCOM_OUI = "00:b0:52", "00:1f:84"
HIGHEST_VERSION = 2
_HEAD, _FRAGMENTS, _OUI = 17, 2, 3  # octets; the last two are there in some messages only
_RATES = 0x6049

Reader = Callable[[Octets, int], Body | None]
# The same number means something else under another ethertype or OUI, so it is never looked up alone.
_READERS: Mapping[tuple[int, str | None, int], Reader] = {
    (HOMEPLUG, QUALCOMM_OUI, 0xA001): qualcomm.software_version,
    (HOMEPLUG, QUALCOMM_OUI, 0xA039): qualcomm.network_info,
    (HOMEPLUG, QUALCOMM_OUI, 0xA031): qualcomm.link_statistics,
    (HOMEPLUG, QUALCOMM_OUI, 0xA0B9): qualcomm.link_status,
    (HOMEPLUG, QUALCOMM_OUI, 0xA069): qualcomm.attributes,
    (HOMEPLUG, QUALCOMM_OUI, 0xA055): qualcomm.maker_string,
    (HOMEPLUG, None, 0x0015): standard.discover_list,
    (HOMEPLUG, None, 0x6021): standard.bridge_info,
    (HOMEPLUG, None, 0x6035): standard.capabilities,
    (HOMEPLUG, None, 0x6039): standard.memberships,
    (HOMEPLUG, None, _RATES): standard.rates,
    (HOMEPLUG, None, 0x6046): standard.refusal,
    (BROADCOM, BROADCOM_OUI, 0xA071): broadcom.interface,
    (BROADCOM, BROADCOM_OUI, 0xA029): broadcom.memberships,
    (BROADCOM, BROADCOM_OUI, 0xA02D): broadcom.rates,
}


@dataclass(frozen=True, slots=True)
class Message:
    """A frame as it was read. `fragments` is how many there are; `oui` is None for messages of the standard.

    `body` is None for requests, for what this program does not know, and for one fragment of several.
    """

    destination: str
    source: str
    ethertype: int
    version: int
    message_type: int
    fragments: int
    fragment_index: int
    oui: str | None
    body: Body | None


def decode(frame: bytes) -> Message:
    """Read a whole Ethernet frame. Raises Malformed; octets behind the content are padding, and no fault."""
    head = decode_head(frame)
    reader = _READERS.get((head.ethertype, head.oui, head.message_type))
    if reader is None or head.fragments > 1:
        return head
    return replace(head, body=reader(_content(frame, head), head.version))


def decode_head(frame: bytes) -> Message:
    """Read who says what to whom, and nothing of the content. Raises Malformed."""
    octets = Octets(frame)
    ethertype = int.from_bytes(octets.take(12, 2))
    if ethertype not in (HOMEPLUG, BROADCOM):
        raise Malformed(f"ethertype {ethertype:#06x}")
    version, kind = octets.u8(14), octets.u16(15)
    if version > HIGHEST_VERSION:
        raise Malformed(f"message version {version}")
    fragments = octets.take(_HEAD, _FRAGMENTS)[0] if version else 0
    oui_at = _HEAD + (_FRAGMENTS if version else 0)
    return Message(
        destination=octets.address(0),
        source=octets.address(6),
        ethertype=ethertype,
        version=version,
        message_type=kind,
        fragments=(fragments >> 4) + 1,
        fragment_index=fragments & 0x0F,
        oui=octets.address(oui_at, _OUI) if 0xA000 <= kind < 0xC000 else None,
        body=None,
    )


def long_rates(frame: bytes) -> Rates:
    """A frame with CM_NW_STATS.CNF read once more, with the records of AV2. Raises Malformed."""
    head = decode_head(frame)
    assert head.message_type == _RATES
    return standard.rates_of(_content(frame, head), standard.LONG_RATES)


def _content(frame: bytes, head: Message) -> Octets:
    return Octets(frame, _HEAD + (_FRAGMENTS if head.version else 0) + (_OUI if head.oui else 0))
