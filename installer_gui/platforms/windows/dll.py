"""Windows' own libraries by ctypes.

On x64 and ARM64, the only ones that we support, all of Windows has one calling convention, so that CDLL and CFUNCTYPE
are right. Widths are fixed everywhere: c_long and c_wchar differ among systems, and tests read the same bytes on each.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any

from ...ports.unavailable import Reason, Unavailable

SYSTEM32_ONLY = 0x800  # LOAD_LIBRARY_SEARCH_SYSTEM32: never a file that lies beside the program
Signature = tuple[Any, tuple[Any, ...]]


def load(name: str) -> Any:
    """A library of the system. Raises Unavailable(UNSUPPORTED) where it does not have it."""
    try:
        return ctypes.CDLL(name, winmode=SYSTEM32_ONLY)
    except OSError as error:
        raise Unavailable(Reason.UNSUPPORTED, f"{name}: {error}") from None


def declare(library: Any, signatures: Mapping[str, Signature]) -> None:
    """Tell ctypes what each function returns and takes."""
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
