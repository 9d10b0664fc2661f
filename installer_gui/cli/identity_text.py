"""A signing identity in words and as JSON (`driftklar.identities/1`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..i18n import Catalogue
from .render import Output

if TYPE_CHECKING:
    from ..certificate.identity import Identity, Store


def document(identities: Store, chosen: tuple[Identity, ...]) -> dict[str, Any]:
    return {"schema": "driftklar.identities/1", "identities": [_item(i, identities.is_demo(i)) for i in chosen]}


def tell(identity: Identity, io: Output) -> None:
    """Who it is, how to compare it by telephone, and how well its key is kept."""
    words = io.catalogue
    io.line(f"{identity.id}  {', '.join(filter(None, (identity.name, identity.organisation)))}")
    lines = (
        words.text("cli.identity.fingerprint", fingerprint=grouped(identity.fingerprint)),
        words.of("identity", "level", identity.meta.level.value),
        words.text("cli.identity.valid", start=identity.not_before.date(), end=identity.not_after.date()),
        protection(identity, words),
    )
    for line in lines:
        io.line(f"          {line}", 10)


def protection(identity: Identity, words: Catalogue) -> str:
    """Where the key's key is, without making it sound better than it is."""
    return words.of("identity", "protection", identity.meta.protection.value)


def grouped(fingerprint: str) -> str:
    from ..certificate.front import groups

    return groups(fingerprint)


def _item(identity: Identity, demo: bool) -> dict[str, Any]:
    return {
        "id": identity.id,
        "name": identity.name,
        "organisation": identity.organisation,
        "level": identity.meta.level.value,
        "protection": identity.meta.protection.value,
        "created": identity.meta.created.isoformat(timespec="seconds"),
        "not_before": identity.not_before.isoformat(),
        "not_after": identity.not_after.isoformat(),
        "fingerprint": identity.fingerprint,
        "demo": demo,
    }
