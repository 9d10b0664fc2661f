"""The composition root: the one place where platform, profile and catalogue meet. No logic."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import files, profiles
from .domain.profile import Profile
from .errors import BadInput
from .ports.platform import Platform

if TYPE_CHECKING:
    from .certificate.identity import Store

_ONE_FOLDER = ("win32", "darwin")  # systems that keep settings with the data


@dataclass(frozen=True, slots=True)
class App:
    """What both faces are built from."""

    platform: Platform
    profile: Profile
    anchors: str | None = None

    def roots(self, name: str) -> str:
        """The PEM text of a bundle: the charger's, or what the user put in its place."""
        return self.anchors if self.anchors is not None else profiles.roots(name)


def build(profile_id: str = "zaptec-pro", anchors: Path | None = None, platform: Platform | None = None) -> App:
    """Put the program together. Raises BadInput for an unknown profile or an unusable file of trust anchors."""
    from . import platforms

    profile, platform = profiles.load(profile_id), platform or platforms.current()
    roots = _anchors(anchors) if anchors is not None else platform.anchors
    if not roots:
        return App(platform, profile)
    return App(platform, replace(profile, trust_anchors=profiles.CUSTOM), roots)


def data_folder() -> Path:
    """Where jobs, identities and logs live; DRIFTKLAR_HOME overrides the system's place."""
    if home := os.environ.get("DRIFTKLAR_HOME"):
        return Path(home)
    match sys.platform:
        case "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Driftklar"
        case "darwin":
            return Path.home() / "Library" / "Application Support" / "Driftklar"
        case _:
            return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "driftklar"


def log_file() -> Path:
    """The newest part of the log; it is there once something was logged."""
    return data_folder() / "logs" / "driftklar.log"


def identities() -> Store:
    """The signing identities of this user. Where only file permissions protect a key, its wrapping key lies in the
    folder for settings, so that a copy of the data alone cannot sign."""
    from .certificate.identity import Store

    return Store(data_folder() / "identities", _settings_folder() / "keys")


def time_server() -> str:
    """The address of the server that confirms when something was signed (RFC 3161), "" for none, as delivered.

    DRIFTKLAR_TSA, or `time_server = "…"` in signing.toml in the folder for settings; "off" is none. Raises BadInput.
    """
    address = os.environ.get("DRIFTKLAR_TSA")
    path = _settings_folder() / "signing.toml"
    if address is None and not files.missing(path):
        import tomllib

        try:
            address = tomllib.loads(files.read(path).decode())["time_server"]
        except (KeyError, ValueError):
            raise BadInput("settings.time-server", file=str(path)) from None
        if not isinstance(address, str):
            raise BadInput("settings.time-server", file=str(path))
    return "" if address in (None, "off") else address.strip()


def _settings_folder() -> Path:
    if os.environ.get("DRIFTKLAR_HOME") or sys.platform in _ONE_FOLDER:
        return data_folder()
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "driftklar"


def start_log(verbose: bool) -> None:
    """Everything to a small rotating file, if the disk takes it; to stderr only with -v."""
    handlers = tuple(_handlers(verbose))
    for name in ("installer_gui", "asyncio"):
        logger = logging.getLogger(name)
        for old in logger.handlers[:]:
            logger.removeHandler(old)
            old.close()
        logger.propagate = False
        logger.setLevel(logging.DEBUG if name == "installer_gui" else logging.WARNING)
        for handler in handlers:
            logger.addHandler(handler)


def _handlers(verbose: bool) -> Iterator[logging.Handler]:
    yield logging.StreamHandler(sys.stderr) if verbose else logging.NullHandler()
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(log_file(), maxBytes=500_000, backupCount=2, encoding="utf-8")
    except (OSError, RuntimeError):  # no disk, or no home: the program works without a log
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    yield file


def _anchors(path: Path) -> str:
    import ssl

    raw = files.read(path)
    try:
        text = raw.decode("ascii")
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (ValueError, ssl.SSLError):
        raise BadInput("input.not-pem", file=str(path)) from None
    return text
