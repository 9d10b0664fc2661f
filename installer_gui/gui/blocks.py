"""What to do when nothing can be measured: one sentence, steps in the system's own words, where to go. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass

from ..i18n import Catalogue
from ..ports.rights import RightsState
from ..ports.unavailable import Reason
from .cable import GIVEN
from .view import Tool

_SETTINGS = {
    ("windows", Reason.PERMISSION_DENIED): "ms-settings:privacy-location",
    ("windows", Reason.RADIO_OFF): "ms-settings:network-wifi",
    ("macos", Reason.PERMISSION_DENIED): (
        "x-apple.systempreferences:com.apple.preference.security?Privacy_LocationServices"
    ),
    ("macos", Reason.RADIO_OFF): "x-apple.systempreferences:com.apple.preference.network",
}

MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Block:
    """Why it is not possible to look, and the way out.

    `setting` is an address that the system opens, "" for none; `ask`: the system can ask the user for the rights.
    """

    title: str
    steps: tuple[str, ...]
    setting: str = ""
    detail: str = ""
    ask: bool = False


def rights_block(tool: Tool, words: Catalogue) -> Block | None:
    """What cannot be measured without rights, and how to get them; None where nothing is lacking."""
    if tool.rights in GIVEN:
        return None
    return Block(words.text("rights.lost"), _advice(tool, words), ask=tool.rights is RightsState.CAN_ASK)


def block(reason: Reason, tool: Tool, words: Catalogue) -> Block:
    """The panel for a radio that cannot look, in the words for this system where they differ."""
    key, steps = _found(words, "gui.block", reason, tool)
    lacking = _advice(tool, words) if reason is Reason.NEEDS_PRIVILEGE else ()
    return Block(
        words.of("gui.block", key, "title", reason=words.of("reason", reason)),
        (*lacking, *(words.of("gui.block", key, step) for step in steps)),
        _SETTINGS.get((tool.system, reason), ""),
        tool.detail,
        _can_be_asked(reason, tool),
    )


def cable_block(reason: Reason, tool: Tool, words: Catalogue) -> Block:
    """The panel for a PLC module that cannot be asked, or that tells nothing."""
    key, steps = _found(words, "gui.cable", reason, tool)
    lacking = _advice(tool, words) if reason is Reason.NEEDS_PRIVILEGE else ()
    return Block(
        words.of("gui.cable", key, "title", reason=words.of("reason", reason)),
        (*lacking, *(words.of("gui.cable", key, step) for step in steps)),
        ask=_can_be_asked(reason, tool),
    )


def _found(words: Catalogue, table: str, reason: Reason, tool: Tool) -> tuple[str, tuple[str, ...]]:
    """The key of a reason's words in a table, for this system where they differ, and of its steps."""
    keys = (f"{reason}-{tool.system}", reason.value)
    key = next((key for key in keys if words.has(table, key, "title")), "other")
    steps = (f"step{n}" for n in range(1, MOST_STEPS + 1))
    return key, tuple(step for step in steps if words.has(table, key, step))


def _advice(tool: Tool, words: Catalogue) -> tuple[str, ...]:
    """How to get the rights, in steps; "ask" is for the command line."""
    return tuple(words.of("rights", a.key, command=a.command) for a in tool.advice if a.key != "ask")


def _can_be_asked(reason: Reason, tool: Tool) -> bool:
    return reason is Reason.NEEDS_PRIVILEGE and tool.rights is RightsState.CAN_ASK
