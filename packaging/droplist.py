"""What of Qt and of the libraries is left out of the frozen program: the only place where size is decided.

Each entry was dropped and the program still ran; `--selftest` of the frozen program holds that.
"""

from __future__ import annotations

EXCLUDED_MODULES = (
    "tkinter", "unittest", "pydoc", "doctest", "lib2to3", "setuptools", "pkg_resources", "xmlrpc", "turtle",
    "IPython", "pytest", "numpy", "PIL", "lxml.html", "lxml.isoschematron", "lxml.objectify", "trio", "anyio",
    "httpx", "h2", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtDBus", "PySide6.QtOpenGL", "PySide6.QtTest",
    "PySide6.QtSql",
)  # fmt: skip

# The program with rights is kept free of what it must never do: TLS, other programs, threads.
EXCLUDED_FROM_PROBE = (
    *EXCLUDED_MODULES,
    "ssl",
    "_ssl",
    "_hashlib",
    "asyncio",
    "subprocess",
    "multiprocessing",
    "PySide6",
)

_KEPT = (
    "imageformats/libqsvg", "imageformats/libqico", "imageformats/qsvg", "imageformats/qico", "platforms/libqxcb",
    "platforms/libqoffscreen", "translations/qtbase_sv",
)  # fmt: skip

_DROPPED = (
    "PySide6/translations/", "Qt/translations/", "plugins/imageformats/", "plugins/platforms/qdirect2d",
    "plugins/platforms/qminimal", "plugins/platforms/libqeglfs", "plugins/platforms/libqlinuxfb",
    "plugins/platforms/libqvnc", "plugins/platforms/libqvkkhr", "plugins/platforms/libqminimal",
    "plugins/platforms/libqwayland", "plugins/wayland", "plugins/platformthemes/libqgtk3",
    "plugins/egldeviceintegrations", "plugins/networkinformation/", "plugins/generic/", "libQt6EglF", "libQt6WlShell",
    "libQt6Wayland", "Qt6Qml", "Qt6Quick", "Qt6VirtualKeyboard", "Qt6Pdf", "Qt6OpenGL", "libgtk", "libgdk",
    "libcairo", "libpango", "libgio", "libgobject", "libgmodule", "opengl32sw",
)  # fmt: skip


def is_kept(name: str) -> bool:
    """Whether a file of the build goes into the program; `name` is its path there, with either slash."""
    path = name.replace("\\", "/")
    return any(part in path for part in _KEPT) or not any(part in path for part in _DROPPED)
