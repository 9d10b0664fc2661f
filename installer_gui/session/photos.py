"""Pictures as evidence. A picture itself is never kept: the QR code on a module's label is its network's key.

Its digest says later, beside the picture that the installer has, which one it was.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from .. import files
from ..errors import BadInput

_BEGINS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")  # JPEG, PNG
_HEIC = b"ftyp"  # from the fifth octet on


def digest(path: Path) -> str:
    """The SHA-256 of a picture, in hexadecimal. Raises BadInput for what cannot be read or is none."""
    data = files.read(path)
    if not data.startswith(_BEGINS) and data[4:8] != _HEIC:
        raise BadInput("input.no-picture", file=path.name)
    return hashlib.sha256(data).hexdigest()
