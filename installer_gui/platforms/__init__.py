"""The ports on real systems, on recordings and in a simulation. Heavy libraries load when a port is first used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..ports.unavailable import Reason, Unavailable

if TYPE_CHECKING:
    from ..ports.platform import Platform


def current() -> Platform:
    """This computer. Raises Unavailable(UNSUPPORTED) on a system that we do not know."""
    if sys.platform == "linux":
        from . import linux

        return linux.platform()
    elif sys.platform == "win32":  # noqa: RET505 - a type checker reads the branch of its system alone
        from . import windows

        return windows.platform()
    elif sys.platform == "darwin":
        from . import macos

        return macos.platform()
    else:
        raise Unavailable(Reason.UNSUPPORTED, sys.platform)
