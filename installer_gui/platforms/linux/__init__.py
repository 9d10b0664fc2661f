"""Linux: netlink, /proc, NetworkManager."""

from __future__ import annotations

from ...ports.platform import Platform


def platform() -> Platform:
    raise NotImplementedError
