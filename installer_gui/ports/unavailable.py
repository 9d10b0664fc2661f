"""The one exception a port raises: it could not look. What it saw, however bad, is returned as data."""

from __future__ import annotations

from enum import StrEnum

from ..errors import DriftklarError


class Reason(StrEnum):
    """Why it was not possible to look. The list is closed: every reason has its own screen and words."""

    NO_ADAPTER = "no-adapter"
    NO_LINK = "no-link"
    NO_ADDRESS = "no-address"
    RADIO_OFF = "radio-off"
    PERMISSION_DENIED = "permission-denied"
    NEEDS_PRIVILEGE = "needs-privilege"
    SERVICE_STOPPED = "service-stopped"
    UNSUPPORTED = "unsupported"
    BUSY = "busy"
    TIMEOUT = "timeout"
    DRIVER_ERROR = "driver-error"
    INTERFACE_GONE = "interface-gone"
    UNCLEAR = "unclear"
    UNCONFIRMED = "unconfirmed"
    NO_ANSWER = "no-answer"
    NO_DRIVER = "no-driver"
    VPN_BLOCKS = "vpn-blocks"


class Unavailable(DriftklarError):
    """A port could not look; `detail` is for support and never shown alone."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.value, detail)
        self.reason = reason
        self.detail = detail
