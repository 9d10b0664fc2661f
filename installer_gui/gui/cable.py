"""The cable to the PLC modules: which interface it is plugged into, and why nobody can be asked over it. Qt-free."""

from __future__ import annotations

from ..domain.job import Connection
from ..domain.network import Interface, InterfaceKind
from ..ports.rights import RightsState
from ..ports.unavailable import Reason
from .view import Tool, View

GIVEN = (RightsState.OWN, RightsState.HELPER_READY)


def cables(tool: Tool | None) -> tuple[Interface, ...]:
    """The wired interfaces that are up."""
    interfaces = tool.interfaces if tool else ()
    return tuple(i for i in interfaces if i.kind is InterfaceKind.ETHERNET and i.up)


def chosen(view: View) -> str:
    """The interface that the job is measured on, if it is a cable, else the first cable; "" where there is none."""
    names = [i.name for i in cables(view.tool)]
    return view.job.interface if view.job.interface in names else next(iter(names), "")


def reason(view: View) -> Reason | None:
    """Why the modules cannot be asked: what is known beforehand, then what the last attempt met."""
    if view.tool is None or Connection.PLC not in view.job.connections:
        return None
    if not cables(view.tool):
        return Reason.NO_LINK
    if view.tool.rights not in GIVEN:
        return Reason.NEEDS_PRIVILEGE
    return view.mains.reason
