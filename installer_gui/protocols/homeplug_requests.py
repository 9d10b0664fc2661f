"""What can be said to HomePlug modems: the requests of `domain.powerline.Request`, which only read."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.powerline import EVERYBODY, Question, Request, is_one_modems
from ..errors import Malformed
from .homeplug import BROADCOM, BROADCOM_OUI, HOMEPLUG, QUALCOMM_OUI, decode_head

SHORTEST = 60
Kind = tuple[int, str | None, int]  # ethertype, OUI, message type
# The kind, the message version, and the content: all links and both directions are read, never cleared (0).
_REQUESTS: Mapping[Request, tuple[Kind, int, bytes]] = {
    Request.VERSION: ((HOMEPLUG, QUALCOMM_OUI, 0xA000), 0, b""),
    Request.NETWORK: ((HOMEPLUG, QUALCOMM_OUI, 0xA038), 1, b""),
    Request.NETWORK_OLD: ((HOMEPLUG, QUALCOMM_OUI, 0xA038), 0, b""),
    Request.BLOCKS: ((HOMEPLUG, QUALCOMM_OUI, 0xA030), 0, bytes((0, 2, 0xFC)) + bytes(6)),
    Request.LINK: ((HOMEPLUG, QUALCOMM_OUI, 0xA0B8), 0, b""),
    Request.MAKER: ((HOMEPLUG, QUALCOMM_OUI, 0xA054), 0, b""),
    Request.ATTRIBUTES: ((HOMEPLUG, QUALCOMM_OUI, 0xA068), 0, bytes(5)),
    Request.HEARD: ((HOMEPLUG, None, 0x0014), 1, b""),
    Request.BRIDGE: ((HOMEPLUG, None, 0x6020), 1, b""),
    Request.CAPABILITIES: ((HOMEPLUG, None, 0x6034), 1, b""),
    Request.MEMBERSHIP: ((HOMEPLUG, None, 0x6038), 1, b""),
    Request.RATES: ((HOMEPLUG, None, 0x6048), 1, b""),
    Request.BROADCOM_DISCOVER: (
        (BROADCOM, BROADCOM_OUI, 0xA070),
        1,
        b"\x01" + bytes.fromhex("a397a25553bef1fcf9796b521413e9e2"),
    ),
    Request.BROADCOM_MEMBERSHIP: ((BROADCOM, BROADCOM_OUI, 0xA028), 2, bytes((2, 0, 0))),
    Request.BROADCOM_RATES: ((BROADCOM, BROADCOM_OUI, 0xA02C), 2, bytes((2, 0))),
}
_ANSWERS = frozenset((ethertype, oui, kind + 1) for (ethertype, oui, kind), _, _ in _REQUESTS.values())


def encode(question: Question, own_mac: str) -> bytes:
    """The question as an Ethernet frame from `own_mac`. Raises ValueError for a target that is no modem's address."""
    (ethertype, oui, kind), version, content = _REQUESTS[question.request]
    if question.request is Request.BROADCOM_RATES:
        content += _packed(question.nid, 7)
    target, source = _packed(question.target, 6), _packed(own_mac, 6)
    if not is_one_modems(own_mac) or not (is_one_modems(question.target) or question.target == EVERYBODY):
        raise ValueError(question.target)
    head = target + source + ethertype.to_bytes(2) + bytes((version,)) + kind.to_bytes(2, "little")
    fragments = bytes(2) if version else b""
    return (head + fragments + _packed(oui or "", 3 if oui else 0) + content).ljust(SHORTEST, b"\0")


def answer_to(request: Request) -> Kind:
    """What an answer to it is: ethertype, OUI and message type."""
    (ethertype, oui, kind), _, _ = _REQUESTS[request]
    return ethertype, oui, kind + 1


def may_answer(frame: bytes, own_mac: str) -> bool:
    """Whether somebody else sends us what may answer one of the requests, well made or not.

    Nothing else is looked at, handed on or kept: others' messages may hold keys.
    """
    try:
        head = decode_head(frame)
    except Malformed:
        return False
    kind = head.ethertype, head.oui, head.message_type
    return head.destination == own_mac != head.source and is_one_modems(head.source) and kind in _ANSWERS


def _packed(text: str, length: int) -> bytes:
    raw = bytes.fromhex(text.replace(":", ""))
    if len(raw) != length:
        raise ValueError(text)
    return raw
