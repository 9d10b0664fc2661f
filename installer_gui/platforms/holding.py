"""Programs that hold something for as long as another one runs in them, on systems of the Unix family.

The other one is `cat`: it echoes once the lock is held, and ends with our end of its socket. So whatever becomes of
this process, nothing is held after it.
"""

from __future__ import annotations

from collections.abc import Callable

from ..ports.unavailable import Reason, Unavailable
from . import process

PATIENCE_S = 2.0


def hold(*command: str) -> Callable[[], None]:
    """Start `command cat`; what is returned lets go. Raises Unavailable where the program is absent or refuses."""
    child, ours = process.converse(*command, "cat")

    def release() -> None:
        ours.close()
        child.wait()

    ours.settimeout(PATIENCE_S)
    try:
        ours.sendall(b".")
        agreed = ours.recv(1) == b"."
    except OSError:
        agreed = False
    if not agreed:
        child.kill()
        release()
        raise Unavailable(Reason.UNSUPPORTED, command[0])
    return release
