"""One sweep of the air: whoever may start it starts it, and only one that began after the question and ended counts."""

from __future__ import annotations

import asyncio
import errno
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.wifi import Band
from ...ports.unavailable import Reason, Unavailable
from ...protocols.ieee80211 import band_of
from . import networkmanager, nl80211, trigger, wpa_supplicant
from .genetlink import Channel
from .helper import Helper
from .trigger import CHANNELS_1_TO_13

START_S, BUSY_S = 7.0, 5.0
FEWEST_CHANNELS = 11  # of a sweep that can be called one: others look at a single channel now and then

_REASONS = {
    errno.EPERM: Reason.NEEDS_PRIVILEGE,
    errno.EACCES: Reason.NEEDS_PRIVILEGE,
    errno.EBUSY: Reason.BUSY,
    errno.ENETDOWN: Reason.RADIO_OFF,
    errno.ERFKILL: Reason.RADIO_OFF,
    errno.ENODEV: Reason.NO_ADAPTER,
    errno.ENOENT: Reason.NO_ADAPTER,  # the kernel knows no nl80211
    errno.EOPNOTSUPP: Reason.UNSUPPORTED,
    errno.EINVAL: Reason.UNSUPPORTED,  # the adapter has none of these channels
    errno.EAFNOSUPPORT: Reason.UNSUPPORTED,
}
Start = Callable[[Sequence[int], Sequence[bytes]], Awaitable[None]]
_TRY_NEXT = (Reason.NEEDS_PRIVILEGE, Reason.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What to look at, on which adapter. `channel` is for questions, `events` tells of beginnings and ends."""

    adapter: str
    index: int
    band: Band | None
    ssids: tuple[bytes, ...]
    channel: Channel
    events: nl80211.Events

    def covered_by(self, event: nl80211.Event) -> bool:
        looked_at = [f for f in event.frequencies if self.band is None or band_of(f) is self.band]
        return not event.frequencies or len(looked_at) >= FEWEST_CHANNELS


async def perform(sweep: Sweep, run: networkmanager.Run, helper: Helper) -> str:
    """Sweep in the first way that this computer allows, and wait for the end; the way's name. Raises Unavailable."""
    ways: dict[str, Callable[[], Awaitable[None]]] = {
        "nl80211": partial(_trigger, sweep, partial(_start, sweep)),
        "driftklar-probe, nl80211": partial(_trigger, sweep, partial(_start_through, helper, sweep.adapter)),
        "NetworkManager, nl80211": partial(networkmanager.request_scan, run, sweep.adapter, sweep.ssids),
        "wpa_supplicant, nl80211": partial(wpa_supplicant.request_scan, sweep.adapter),
    }
    why = Unavailable(Reason.NEEDS_PRIVILEGE)
    for name, ask in ways.items():
        try:
            await _ask_and_wait(sweep, ask)
        except Unavailable as unavailable:
            if unavailable.reason not in _TRY_NEXT:
                raise
            why = unavailable if unavailable.reason is Reason.NEEDS_PRIVILEGE else why
        else:
            return name
    raise why


def unavailable(error: OSError) -> Unavailable:
    """The kernel's refusal as one of our reasons."""
    reason = _REASONS.get(error.errno or 0, Reason.DRIVER_ERROR)
    if isinstance(error, TimeoutError):
        reason = Reason.TIMEOUT
    return Unavailable(reason, f"{error.errno or ''} {error.strerror or error}".strip())


async def _ask_and_wait(sweep: Sweep, ask: Callable[[], Awaitable[None]]) -> None:
    """Ask, and wait for the whole sweep; an aborted or a forgotten one is asked for once more."""
    for _ in range(2):
        sweep.events.forget()
        await ask()
        if await _completed(sweep):
            return
    raise Unavailable(Reason.BUSY, "the sweep was aborted or never began")


async def _completed(sweep: Sweep) -> bool:
    """Wait for a sweep that begins after the question, covers the band, and ends; False when it does not."""
    begun = False
    try:
        async with asyncio.timeout(START_S) as limit:
            while True:
                event = await sweep.events.next()
                match event.command:
                    case trigger.TRIGGER_SCAN:
                        begun = sweep.covered_by(event)
                        limit.reschedule(None if begun else limit.when())
                    case nl80211.SCAN_ABORTED if begun:
                        return False
                    case nl80211.NEW_SCAN_RESULTS if begun:
                        return True
    except TimeoutError:
        return False


async def _start(sweep: Sweep, frequencies: Sequence[int], ssids: Sequence[bytes]) -> None:
    await asyncio.to_thread(trigger.start, sweep.channel, sweep.index, frequencies, ssids)


async def _start_through(helper: Helper, adapter: str, frequencies: Sequence[int], ssids: Sequence[bytes]) -> None:
    """The same as `trigger.start`, through the privileged program."""
    try:
        probe = await helper.running(adapter)
    except Unavailable as error:
        raise Unavailable(Reason.NEEDS_PRIVILEGE, f"{error.reason}: {error.detail}") from error
    with probe.held():
        await probe.ask("wifi-scan", channels=len(frequencies), names=[ssid.hex() for ssid in ssids])


async def _trigger(sweep: Sweep, start: Start) -> None:
    """Start it ourselves. While somebody else sweeps, wait for the end of that and try again."""
    wanted = CHANNELS_1_TO_13 if sweep.band is Band.B2_4 else ()
    end = time.monotonic() + BUSY_S
    while True:
        try:
            await start(wanted, sweep.ssids)
        except OSError as error:
            if error.errno == errno.EINVAL and wanted == CHANNELS_1_TO_13:
                wanted = wanted[:FEWEST_CHANNELS]  # adapters for America do not know 12 and 13
            elif error.errno == errno.EBUSY and time.monotonic() < end:
                await _pause(sweep)
            else:
                raise unavailable(error) from None
        else:
            return


async def _pause(sweep: Sweep) -> None:
    """Until another's sweep ends, half a second at most."""
    try:
        async with asyncio.timeout(0.5):
            while (await sweep.events.next()).command == trigger.TRIGGER_SCAN:
                pass
    except TimeoutError:
        pass
    sweep.events.forget()
