"""Which edition of a trust list was the newest on this computer: an older one may trust whom a newer one does not."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from .. import files
from ..errors import BadInput
from .trust import TrustList
from .trust_signature import fingerprint


def accept(trust: TrustList, name: str, memory: Path) -> None:
    """Remember a signed list's number. Raises BadInput where a newer one by the same signer was seen here before."""
    if trust.signature is None:
        return
    seen, signer = _read(memory), fingerprint(trust.signature)
    newest = seen.get(signer, 0)
    if trust.seq < newest:
        raise BadInput("trust.older", file=name, seq=trust.seq, newest=newest)
    if trust.seq > newest:
        with contextlib.suppress(BadInput):  # verifying must work where nothing can be written
            files.write(memory, json.dumps(seen | {signer: trust.seq}, indent=1).encode())


def _read(memory: Path) -> dict[str, int]:
    """What is damaged or not there yet counts as nothing seen."""
    try:
        seen = json.loads(memory.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(seen, dict):
        return {}
    return {signer: seq for signer, seq in seen.items() if type(seq) is int}
