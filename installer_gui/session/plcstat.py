"""A look at a powerline network in the form that support knows from `plcstat -t` (open-plc-utils)."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.powerline import Gateway, Member, Powerline, Role
from ..i18n import visible

HEAD = " P/L NET TEI ------ MAC ------ ------ BDA ------  TX  RX CHIPSET FIRMWARE"
UNKNOWN_BDA = "FF:FF:FF:FF:FF:FF"


def text(found: Powerline) -> str:
    """One line a modem: the one on the cable, whose BDA is this computer, then those of its network."""
    return "\n".join((HEAD, *_lines(found))) + "\n"


def _lines(found: Powerline) -> Iterator[str]:
    for gateway in found.gateways:
        yield _local(gateway, found.own_mac)
        yield from map(_remote, gateway.members)


def _local(gateway: Gateway, own_mac: str) -> str:
    role = gateway.role or Role.STA
    return _line("LOC", role, gateway.tei, gateway.mac, own_mac, "n/a n/a", gateway.chip, gateway.firmware)


def _remote(member: Member) -> str:
    rates = f"{member.tx_mbps:03} {member.rx_mbps:03}"
    return _line(
        "REM", member.role, member.tei, member.mac, member.bda or UNKNOWN_BDA, rates, member.chip, member.firmware
    )


def _line(
    place: str, role: Role, tei: int, mac: str, bda: str, rates: str, chip: str | None, firmware: str | None
) -> str:
    own_words = visible(f"{chip or ''} {firmware or ''}")
    return f" {place} {role} {tei:03} {mac.upper()} {bda.upper()} {rates} {own_words}".rstrip()
