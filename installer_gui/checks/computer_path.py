"""Do the checks go out the way a station's traffic would?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Responsible, Severity, Value
from ..domain.network import Interface, InterfaceKind
from ..domain.outcome import Fact, Measured
from ..ports.unavailable import Reason, Unavailable
from .context import Context, Exclusive
from .passage import vpns

INSTALLER = Responsible.INSTALLER
BOUND = Code("computer.bound", 100, Severity.OK)
VPN = Code("computer.vpn", 101, Severity.WARNING, INSTALLER)
THROUGH_VPN = Code("computer.through-vpn", 102, Severity.WARNING, INSTALLER)
SECOND_WAY = Code("computer.second-way-out", 103, Severity.WARNING, INSTALLER)
OTHER_PREFERRED = Code("computer.other-way-preferred", 104, Severity.WARNING, INSTALLER)
PROXY = Code("computer.proxy", 105, Severity.WARNING, INSTALLER)


@dataclass(frozen=True, slots=True)
class ComputerPath:
    """Looks only at this computer. Nothing here is the site's fault, so nothing here fails it."""

    info = CheckInfo("computer-path", Area.COMPUTER, (BOUND, VPN, THROUGH_VPN, SECOND_WAY, OTHER_PREFERRED, PROXY))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 5.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        tested = ctx.interface
        if not tested.up:
            raise Unavailable(Reason.NO_LINK, tested.name)
        evidence: dict[str, Value] = {
            "interface": tested.name,
            "addresses": tested.addresses,
            "kind": tested.kind.value,
        }
        findings = [Finding(BOUND.name, evidence=evidence)]
        if tested.kind is InterfaceKind.VPN:
            findings.append(Finding(THROUGH_VPN.name, evidence=evidence))
        findings += _others(tested, ctx.platform.system.interfaces())
        if proxies := ctx.platform.system.computer().proxies:
            findings.append(Finding(PROXY.name, evidence={"proxies": proxies}))
        return Measured(tuple(findings))


def _others(tested: Interface, interfaces: Sequence[Interface]) -> Iterator[Finding]:
    """Other ways out, of which the first is the one that this computer's own traffic takes."""
    for vpn in vpns(tested, interfaces):
        yield Finding(VPN.name, evidence={"interface": tested.name, "other": vpn.name})
    others = (i for i in interfaces if i.name != tested.name and i.up)
    ways = [i for i in others if i.kind is not InterfaceKind.VPN and i.gateway]
    preferred = next((i.name for i in interfaces if i.gateway and i.up), "")
    for way in ways:
        code = OTHER_PREFERRED if way.name == preferred else SECOND_WAY
        yield Finding(code.name, evidence={"interface": tested.name, "other": way.name})
