"""What to do when nothing can be measured: one sentence, steps in the system's own words, where to go. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass

from ..i18n import Catalogue
from ..ports.rights import RightsState
from ..ports.unavailable import Reason
from .view import Tool

_SETTINGS = {
    ("windows", Reason.PERMISSION_DENIED): "ms-settings:privacy-location",
    ("windows", Reason.RADIO_OFF): "ms-settings:network-wifi",
    ("macos", Reason.PERMISSION_DENIED): (
        "x-apple.systempreferences:com.apple.preference.security?Privacy_LocationServices"
    ),
    ("macos", Reason.RADIO_OFF): "x-apple.systempreferences:com.apple.preference.network",
}
_GIVEN = (RightsState.OWN, RightsState.HELPER_READY)
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
    if tool.rights in _GIVEN:
        return None
    advice = (a for a in tool.advice if a.key != "ask")  # that one is for the command line
    steps = tuple(words.of("rights", a.key, command=a.command) for a in advice)
    return Block(words.text("rights.lost"), steps, ask=tool.rights is RightsState.CAN_ASK)


def block(reason: Reason, tool: Tool, words: Catalogue) -> Block:
    """The panel for a reason, in the words for this system where they differ."""
    own = f"{reason}-{tool.system}"
    key = own if words.has("gui.block", own, "title") else reason.value
    if not words.has("gui.block", key, "title"):
        key = "other"
    title = words.of("gui.block", key, "title", reason=words.of("reason", reason))
    steps = (f"step{n}" for n in range(1, MOST_STEPS + 1) if words.has("gui.block", key, f"step{n}"))
    return Block(
        title,
        tuple(words.of("gui.block", key, step) for step in steps),
        _SETTINGS.get((tool.system, reason), ""),
        tool.detail,
        reason is Reason.NEEDS_PRIVILEGE and tool.rights is RightsState.CAN_ASK,
    )
