"""Distributors' profiles: read, held against their signature, and made known by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from .. import files, profiles
from ..domain.profile import Profile
from ..errors import BadInput
from ..profiles import distributor
from ..session import plan


def take_up_all(paths: Iterable[Path], trust_list: Path | None) -> tuple[list[Profile], list[BadInput]]:
    """The profiles in these files, and what is wrong with those that cannot be used."""
    made, faults = [], []
    for path in paths:
        try:
            made.append(take_up(path, trust_list))
        except BadInput as error:
            faults.append(error)
    return made, faults


def take_up(path: Path, trust_list: Path | None) -> Profile:
    """Read a distributor's profile and let it be known by its id. Raises BadInput with every fault of the file.

    `trust_list` says whose signatures are known.
    """
    files.must_be_file(path)
    raw, signer = _opened(files.read(path), path.name, trust_list)
    made = replace(distributor.read(raw, path.name, profiles.ours()), signer=signer)
    known = plan.rules(made).by_id
    unknown = [(f"required.{g}", "ids of checks") for g, ids in made.required.items() if not known.keys() >= {*ids}]
    if unknown:
        raise distributor.refusal(path.name, unknown)
    profiles.give(made)
    return made


def _opened(raw: bytes, name: str, trust_list: Path | None) -> tuple[bytes, str]:
    """The profile's text and who has signed it; the libraries for signatures are loaded only for a signed one."""
    if not raw.lstrip().startswith(b"{"):
        return raw, ""
    from ..certificate import signed_profile, trust

    trusted = trust.EMPTY
    if trust_list is not None:
        trusted = trust.load(trust_list)
    return signed_profile.opened(raw, name, trusted, datetime.now().astimezone())


def doubts(profile: Profile) -> Iterator[BadInput]:
    """What has to be said before anybody works by a profile that is neither ours nor a known distributor's."""
    if profile.base and not profile.signer:
        yield BadInput("profile.unknown", name=whose(profile), id=profile.id)


def whose(profile: Profile) -> str:
    """Who gives a distributor's profile out, as it says itself."""
    return profile.brand.name if profile.brand else profile.name
