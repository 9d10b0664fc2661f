"""NetworkManager as the one who starts a sweep, for users who may not: it allows anybody who sits at the computer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence

from ...ports.unavailable import Reason, Unavailable
from ..process import Finished

Run = Callable[..., Awaitable[Finished]]
_NOT_RUNNING, _NO_DEVICE = 8, 10  # nmcli(1), exit status
_TRIES, _PAUSE_S = 5, 2.0


async def request_scan(run: Run, adapter: str, ssids: Sequence[bytes]) -> None:
    """Ask for a sweep; it starts soon after. `ssids` are asked for by name as well.

    Raises Unavailable: UNSUPPORTED where NetworkManager does not run or does not manage the adapter, NEEDS_PRIVILEGE
    where the user may not ask, RADIO_OFF, BUSY.
    """
    names = [word for ssid in ssids if b"\0" not in ssid for word in ("ssid", os.fsdecode(ssid))]
    for _ in range(_TRIES):
        answer = await run("nmcli", "device", "wifi", "rescan", "ifname", adapter, *names)
        if answer.code == 0:
            return
        await _explain(run, adapter, answer)
        await asyncio.sleep(_PAUSE_S)  # right after another sweep it refuses for a moment
    raise Unavailable(Reason.BUSY, f"NetworkManager refused {_TRIES} times")


async def _explain(run: Run, adapter: str, answer: Finished) -> None:
    """Raise where asking again is no use."""
    told = answer.err.strip()
    if answer.code in (_NOT_RUNNING, _NO_DEVICE):
        raise Unavailable(Reason.UNSUPPORTED, told)
    if "not authorized" in told.lower() or "permission" in told.lower():
        raise Unavailable(Reason.NEEDS_PRIVILEGE, told)
    state = await run("nmcli", "-g", "GENERAL.STATE", "device", "show", adapter)
    match state.out.partition(" ")[0]:  # "10 (unmanaged)"; nothing at all where it does not run
        case "" | "10":
            raise Unavailable(Reason.UNSUPPORTED, told)
        case "20":
            raise Unavailable(Reason.RADIO_OFF, told)
