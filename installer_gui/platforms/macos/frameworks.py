"""Apple's frameworks through pyobjc. They load when the radio is first asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import new_class
from typing import Any

from ...ports.unavailable import Reason, Unavailable


@dataclass(frozen=True, slots=True)
class Frameworks:
    """`wlan` and `location` are the modules CoreWLAN and CoreLocation.

    `delegate` is somebody whom the location manager can tell of changes; nothing is done about them. `data` makes
    NSData, `pool` the autorelease pool that a thread needs. `on_main` has the main thread do something; False, and
    nothing is done, where that runs no loop, as on a command line.
    """

    wlan: Any
    location: Any
    delegate: Any
    data: Callable[[bytes], Any]
    pool: Callable[[], Any]
    on_main: Callable[[Callable[[], None]], bool]


@cache
def load() -> Frameworks:
    """Raises Unavailable(UNSUPPORTED) where they are not installed."""
    if sys.platform == "darwin":
        try:
            import CoreLocation  # pyright: ignore[reportMissingImports]  # macOS only
            import CoreWLAN  # pyright: ignore[reportMissingImports]
            import Foundation  # pyright: ignore[reportMissingImports]
            import objc  # pyright: ignore[reportMissingImports]
            from CoreFoundation import (  # pyright: ignore[reportMissingImports]
                CFRunLoopCopyCurrentMode,
                CFRunLoopGetMain,
            )
        except ImportError as error:
            raise Unavailable(Reason.UNSUPPORTED, str(error)) from None

        def on_main(work: Callable[[], None]) -> bool:
            runs = CFRunLoopCopyCurrentMode(CFRunLoopGetMain()) is not None
            if runs:
                Foundation.NSOperationQueue.mainQueue().addOperationWithBlock_(work)
            return runs

        def data(octets: bytes) -> Any:
            return Foundation.NSData.dataWithBytes_length_(octets, len(octets))

        delegate = _delegate(Foundation.NSObject)
        return Frameworks(CoreWLAN, CoreLocation, delegate, data, objc.autorelease_pool, on_main)
    raise Unavailable(Reason.UNSUPPORTED, "not macOS")


def _delegate(ns_object: Any) -> Any:
    """An object with the methods of CLLocationManagerDelegate that are called."""

    def changed(self: Any, manager: Any) -> None: ...

    def told(self: Any, manager: Any, what: Any) -> None: ...

    methods = {
        "locationManagerDidChangeAuthorization_": changed,
        "locationManager_didUpdateLocations_": told,
        "locationManager_didFailWithError_": told,
    }
    kind: Any = new_class("DriftklarLocationDelegate", (ns_object,), exec_body=lambda space: space.update(methods))
    return kind.alloc().init()
