"""wpa_supplicant without NetworkManager, asked through pywifi to start a sweep. What was heard is read elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
from pathlib import Path

from ...ports.unavailable import Reason, Unavailable

SOCKETS = Path("/run/wpa_supplicant")
_OWN_SOCKETS = Path("/tmp")  # noqa: S108 - pywifi's place, not ours to choose


async def request_scan(adapter: str) -> None:
    """Ask for a sweep. Raises Unavailable(NEEDS_PRIVILEGE) where nobody listens, or not to this user."""
    if not os.access(SOCKETS / adapter, os.W_OK):
        raise Unavailable(Reason.NEEDS_PRIVILEGE, "no control socket for this user")
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def settle(error: str) -> None:
        if not answer.done():
            answer.set_result(error)

    def ask() -> None:
        error = _ask(adapter)
        with contextlib.suppress(RuntimeError):  # nobody waits any more, and the loop is closed
            loop.call_soon_threadsafe(settle, error)

    # pywifi waits for an answer without a limit, so it gets a thread that nothing waits for
    threading.Thread(target=ask, daemon=True, name="pywifi").start()
    if error := await answer:
        raise Unavailable(Reason.NEEDS_PRIVILEGE, error)


def _ask(adapter: str) -> str:
    """What went wrong, "" for nothing. Any exception of the library means that no sweep was started."""
    names: list[str] = []
    try:
        import pywifi

        logging.getLogger("pywifi").setLevel(logging.CRITICAL)
        interfaces = pywifi.PyWiFi().interfaces()
        names = [interface.name() for interface in interfaces]
        interfaces[names.index(adapter)].scan()
    except Exception as error:  # noqa: BLE001 - it raises what it likes
        return f"{type(error).__name__}: {error}"
    finally:
        for name in names:
            with contextlib.suppress(OSError):
                (_OWN_SOCKETS / f"pywifi_{name}").unlink()
    return ""
