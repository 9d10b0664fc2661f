"""Charger profiles: TOML files that say what a model needs from a network."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import assets
from ..domain.plain import Mismatch, from_plain
from ..domain.profile import Profile
from ..errors import BadInput
from .faults import faults

MOZILLA, CUSTOM = "mozilla", "custom"


_given: dict[str, Profile] = {}


def shipped() -> tuple[str, ...]:
    """The ids of the profiles that come with the program."""
    return tuple(sorted(path.stem for path in assets.resource("profiles").glob("*.toml")))


def available() -> tuple[str, ...]:
    """The ids of all profiles that are known: those that come with the program, and distributors'."""
    return (*shipped(), *_given)


def load(profile_id: str) -> Profile:
    """A profile by id. Raises BadInput when there is none of that name or the file is wrong."""
    if profile_id in _given:
        return _given[profile_id]
    if profile_id not in shipped():
        raise BadInput("input.no-such-profile", name=profile_id, known=", ".join(available()))
    return load_file(assets.resource("profiles", f"{profile_id}.toml"))


def ours() -> dict[str, Profile]:
    """The profiles that come with the program, by id."""
    return {name: load(name) for name in shipped()}


def give(profile: Profile) -> None:
    """Let a distributor's profile be found by its id from now on."""
    _given[profile.id] = profile


def load_file(path: Path) -> Profile:
    """Read a profile of ours from a file. Raises BadInput that names the file and the key."""
    try:
        raw = path.read_bytes()
        profile = from_plain(Profile, _unreserved(tomllib.loads(raw.decode())))
    except OSError as error:
        raise BadInput("input.unreadable", file=path.name, cause=error.strerror or "") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput("input.bad-toml", file=path.name, cause=str(error)) from None
    except Mismatch as error:
        raise BadInput("input.bad-profile", file=path.name, key=error.key, expected=error.expected) from None
    for key, expected in faults(profile):
        raise BadInput("input.bad-profile", file=path.name, key=key, expected=expected)
    return replace(profile, sha256=hashlib.sha256(raw).hexdigest())


def roots(name: str) -> str:
    """The PEM text of a named bundle of roots."""
    return assets.resource("roots", f"{name}.pem").read_text(encoding="ascii")


def _unreserved(data: dict[str, Any]) -> dict[str, Any]:
    """The program fills these in; a file that sets them is lying."""
    for reserved in ("sha256", "trust_anchors", "base", "loosened", "signer"):
        if reserved in data:
            raise Mismatch(reserved, "no such key")
    return data
