"""A signing identity in words and as JSON (`driftklar.identities/1`)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..i18n import Catalogue
from .render import Output

if TYPE_CHECKING:
    from ..certificate.enrolment import Request
    from ..certificate.identity import Identity, Store


SOON_DAYS, URGENT_DAYS = 60, 14


def document(identities: Store, chosen: tuple[Identity, ...]) -> dict[str, Any]:
    return {"schema": "driftklar.identities/1", "identities": [_item(i, identities.is_demo(i)) for i in chosen]}


def request(made: Request) -> dict[str, Any]:
    return {
        "schema": "driftklar.request/1",
        "id": made.id,
        "key_id": made.note.key_id,
        "words": spoken(made.note.key_id),
        "made": made.note.made.isoformat(timespec="seconds"),
        "pem": made.pem.decode("ascii"),
    }


def tell(identity: Identity, io: Output) -> None:
    """Who it is, how to compare it by telephone, and how well its key is kept."""
    words = io.catalogue
    io.line(f"{identity.id}  {', '.join(filter(None, (identity.name, identity.organisation)))}")
    lines = (
        words.text("cli.identity.fingerprint", fingerprint=grouped(identity.fingerprint)),
        words.text("cli.identity.words", words=spoken(identity.fingerprint)),
        words.of("identity", "level", identity.meta.level.value),
        words.text("cli.identity.valid", start=identity.not_before.date(), end=identity.not_after.date()),
        protection(identity, words) if identity.is_active else words.of("identity", "status", identity.meta.status),
        ending(identity, words),
    )
    for line in filter(None, lines):
        io.line(f"          {line}", 10)


def protection(identity: Identity, words: Catalogue) -> str:
    """Where the key's key is, without making it sound better than it is."""
    return words.of("identity", "protection", identity.meta.protection.value)


def ending(identity: Identity, words: Catalogue) -> str:
    """That the certificate ends soon, "" while there is time; said more urgently in the last two weeks."""
    left = identity.days_left(datetime.now(UTC))
    if not identity.is_active or left >= SOON_DAYS:
        return ""
    if left < 0:
        return words.text("cli.identity.over")
    return words.plural("cli.identity.urgent" if left < URGENT_DAYS else "cli.identity.soon", left)


def grouped(fingerprint: str) -> str:
    from ..certificate.front import groups

    return groups(fingerprint)


def spoken(fingerprint: str) -> str:
    """The beginning of a fingerprint as words to say on the telephone."""
    from ..certificate.words import words

    return words(fingerprint)


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
        "words": spoken(identity.fingerprint),
        "issuer": identity.issuer,
        "status": identity.meta.status.value,
        "pem": identity.pem.decode("ascii"),
        "demo": demo,
    }
