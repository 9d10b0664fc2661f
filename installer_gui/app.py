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

DEFAULT = "zaptec-pro"
_PROFILES = (".dkprofile", ".toml")  # only the first is looked for
_SIGNING = {"time_server", "trust_list"}  # keys of signing.toml
_ONE_FOLDER = ("win32", "darwin")  # systems that keep settings with the data


@dataclass(frozen=True, slots=True)
class App:
    """What both faces are built from; `doubts` are what has to be said of distributors' profiles."""

    platform: Platform
    profile: Profile
    anchors: str | None = None
    doubts: tuple[BadInput, ...] = ()

    def roots(self, name: str) -> str:
        """The PEM text of a bundle: the charger's, or what the user put in its place."""
        return self.anchors if self.anchors is not None else profiles.roots(name)


def build(profile: str = "", anchors: Path | None = None, platform: Platform | None = None) -> App:
    """Put the program together. Raises BadInput for an unknown profile or an unusable file of trust anchors."""
    from . import platforms

    (needs, doubts), platform = requirements(profile), platform or platforms.current()
    roots = _anchors(anchors) if anchors is not None else platform.anchors
    if not roots:
        return App(platform, needs, None, doubts)
    return App(platform, replace(needs, trust_anchors=profiles.CUSTOM), roots, doubts)


def requirements(named: str = "") -> tuple[Profile, tuple[BadInput, ...]]:
    """The profile of that id or file, else a distributor's that was found, else ours; and what to say of those found.

    Raises BadInput where the named one cannot be used.
    """
    found = tuple(_distributors())
    as_file = Path(named)
    looks_so = as_file.suffix in _PROFILES or as_file.name != named
    is_file = named != "" and named not in profiles.available() and (looks_so or as_file.is_file())
    if not found and not is_file:
        return profiles.load(named or DEFAULT), ()
    from .support import distributor

    given, doubts = distributor.take_up_all(found, trust_list())
    match named:
        case "":
            chosen = given[0] if given else profiles.load(DEFAULT)
        case _ if is_file:
            chosen = distributor.take_up(as_file, trust_list())
        case _:
            chosen = profiles.load(named)
    return chosen, (*doubts, *distributor.doubts(chosen))


def _distributors() -> Iterator[Path]:
    """The profiles' files beside the packaged program and in the folder for settings, each folder's by name."""
    for folder in (*_beside_program(), _settings_folder() / "profiles"):
        try:
            inside = sorted(folder.glob(f"*{_PROFILES[0]}"))
        except OSError:  # a folder that cannot be looked into has none
            continue
        yield from inside


def _beside_program() -> Iterator[Path]:
    """The folder in which somebody has put the packaged program; never inside of it, where its seal would break."""
    if not getattr(sys, "frozen", False):
        return
    program = Path(os.environ.get("APPIMAGE") or sys.executable)
    inside = [part for part in program.parents if part.suffix == ".app"]
    yield (inside[-1] if inside else program).parent


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
    if address is None:
        address = _signing("time_server")
    return "" if address == "off" else address.strip()


def trust_list() -> Path | None:
    """Whose signature under a distributor's profile is known: `trust_list = "…"` in signing.toml. Raises BadInput."""
    named = _signing("trust_list")
    return _settings_folder() / named if named else None


def _signing(key: str) -> str:
    """A text in signing.toml, "" for none. Raises BadInput."""
    path = _settings_folder() / "signing.toml"
    if files.missing(path):
        return ""
    import tomllib

    try:
        said = tomllib.loads(files.read(path).decode())
    except ValueError:
        raise BadInput("settings.signing", file=str(path)) from None
    if said.keys() - _SIGNING or not all(isinstance(value, str) for value in said.values()):
        raise BadInput("settings.signing", file=str(path))
    return str(said.get(key, ""))


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
