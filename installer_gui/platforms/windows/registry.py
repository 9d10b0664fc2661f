"""The registry, as far as every user may read it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Mapping

Values = Mapping[str, object]
Registry = Callable[[str], Values]


def read(path: str) -> Values:
    """The values of a key such as r"HKLM\\SOFTWARE\\…"; {} where there is none, or none for us."""
    found: dict[str, object] = {}
    if sys.platform == "win32":
        import winreg

        root, _, rest = path.partition("\\")
        roots = {"HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCU": winreg.HKEY_CURRENT_USER}
        with contextlib.suppress(OSError), winreg.OpenKey(roots[root], rest) as key:
            for number in range(winreg.QueryInfoKey(key)[1]):
                name, value, _ = winreg.EnumValue(key, number)
                found[name] = value
    return found


def text(values: Values, name: str) -> str:
    """A value that is text, "" for any other."""
    value = values.get(name)
    return value if isinstance(value, str) else ""
