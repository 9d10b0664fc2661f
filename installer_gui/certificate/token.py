"""Keys in a card or a security module (PKCS #11): they sign there and never come out. Needs python-pkcs11."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..domain.plain import Mismatch, from_plain, to_plain
from ..errors import BadInput
from . import memory

if TYPE_CHECKING:
    from pkcs11 import Session, Token


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key is: the vendor's library, the token's label and the object's identifier (CKA_ID) in hex."""

    module: str
    label: str
    object_id: str

    def encode(self) -> bytes:
        return json.dumps(to_plain(self), indent=1).encode()


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key in a token; a session is opened for every signature."""

    place: Place
    pin: str = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        with _session(self.place.module, self.place.label, self.pin) as session:
            import pkcs11
            from pkcs11.util.ec import encode_ecdsa_signature

            key: Any = session.get_key(pkcs11.ObjectClass.PRIVATE_KEY, id=bytes.fromhex(self.place.object_id))
            if key.key_type is pkcs11.KeyType.EC:
                digest = hashlib.sha256(data).digest()
                return bytes(encode_ecdsa_signature(key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)))
            return bytes(key.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))


def open_key(raw: bytes, pin: str | None) -> TokenKey:
    """The key that is kept at a place (`Place.encode`). Raises BadInput; a wrong PIN is told at once."""
    try:
        place = from_plain(Place, json.loads(raw))
    except (ValueError, Mismatch):
        raise BadInput("identity.damaged") from None
    if not pin:
        raise BadInput("token.pin-needed", token=place.label)
    with _session(place.module, place.label, pin):
        return TokenKey(place, pin)


def certificates(module: str, label: str | None, pin: str) -> dict[Place, bytes]:
    """Every certificate (DER) of a token that has its private key beside it. Raises BadInput."""
    found: dict[Place, bytes] = {}
    with _session(module, label, pin) as session:
        import pkcs11

        own = label if label is not None else session.token.label
        keys = {
            k[pkcs11.Attribute.ID]
            for k in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY})
        }
        for entry in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}):
            if (object_id := entry[pkcs11.Attribute.ID]) in keys:
                found[Place(module, own, object_id.hex())] = bytes(entry[pkcs11.Attribute.VALUE])
    return found


@contextlib.contextmanager
def _session(module: str, label: str | None, pin: str) -> Iterator[Session]:
    """Logged in. Every failure of library, token or PIN is one sentence."""
    try:
        import pkcs11
    except ImportError:
        raise BadInput("token.not-supported") from None
    memory.forbid_dumps()
    try:
        with _token(module, label).open(user_pin=pin) as session:
            yield session
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        raise BadInput("token.wrong-pin") from None
    except pkcs11.PinLocked:
        raise BadInput("token.locked") from None
    except pkcs11.TokenNotPresent:
        raise BadInput("token.none", module=module) from None
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        raise BadInput("token.failed", module=module, cause=type(error).__name__) from None


def _token(module: str, label: str | None) -> Token:
    """The one of that name, or the only one that has been set up."""
    import pkcs11

    tokens = pkcs11.lib(module).get_tokens(token_label=label)
    ready = [token for token in tokens if token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED]
    if not ready:
        raise BadInput("token.none", module=module)
    if len(ready) > 1:
        raise BadInput("token.choose", known=", ".join(token.label for token in ready))
    return ready[0]
