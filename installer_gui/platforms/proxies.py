"""Proxies that this computer is told to use, by its environment and as its settings write them down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_NAMES = ("http_proxy", "https_proxy", "all_proxy")


def of_environment(environment: Mapping[str, str]) -> Iterator[str]:
    """Those that programs of every system look for."""
    for name in _NAMES:
        for spelling in (name, name.upper()):
            if value := environment.get(spelling, ""):
                yield without_password(value)


def without_password(proxy: str) -> str:
    """The proxy's address alone: what a user has entered before the @ is nobody else's business."""
    scheme, separator, rest = proxy.rpartition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"
