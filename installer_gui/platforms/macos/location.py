"""The permission on which macOS makes the names of networks depend: the user's consent to know the location.

It belongs to the program's bundle and its signature, and is asked for on the main thread while that runs its loop; a
bare command line cannot ask. The location itself is never read.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from .frameworks import Frameworks

NOT_DETERMINED, RESTRICTED, DENIED, ALWAYS, IN_USE = range(5)  # CLAuthorizationStatus
PATIENCE_S, LOOK_S = 15.0, 0.25
_WORDS = ("not determined", "restricted by the computer's administrator", "denied", "allowed", "allowed in use")


class Permission:
    """Asks for it once in the program's life."""

    def __init__(self, frameworks: Frameworks) -> None:
        self._frameworks = frameworks
        self._manager: Any = None
        self._asked = False

    @property
    def status(self) -> int:
        """CLAuthorizationStatus; location services that are off for all programs are DENIED."""
        manager = self._frameworks.location.CLLocationManager
        if not manager.locationServicesEnabled():
            return DENIED
        return int((self._manager or manager.alloc().init()).authorizationStatus())

    @property
    def words(self) -> str:
        """The status for support."""
        status = self.status
        return _WORDS[status] if status < len(_WORDS) else str(status)

    async def ask(self) -> None:
        """Let macOS ask the user, where nobody has been asked yet, and wait for the answer a while."""
        if self._asked or self.status != NOT_DETERMINED:
            return
        self._asked = True
        if not self._frameworks.on_main(self._request):
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while self.status == NOT_DETERMINED:  # noqa: ASYNC110 - the answer comes on another thread
                    await asyncio.sleep(LOOK_S)
        self._frameworks.on_main(self._rest)

    def _request(self) -> None:
        """On the main thread. Some versions of macOS show their question only when the location itself is wanted."""
        self._manager = self._frameworks.location.CLLocationManager.alloc().init()
        self._manager.setDelegate_(self._frameworks.delegate)
        self._manager.requestWhenInUseAuthorization()
        self._manager.startUpdatingLocation()

    def _rest(self) -> None:
        self._manager.stopUpdatingLocation()
