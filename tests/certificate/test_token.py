"""Keys in a security module (SoftHSM): they sign, and whatever is wrong with library, token or PIN is one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from installer_gui.certificate import issue, leaf, selfissued, token, token_identity, trust, verify
from installer_gui.certificate.holder import Holder
from installer_gui.certificate.identity import Level, Store, Unlocked
from installer_gui.certificate.reasons import Outcome
from installer_gui.certificate.vault import Protection
from installer_gui.errors import BadInput

from .samples import PROFILE, job

LIBRARY = next((str(path) for path in Path("/usr/lib").glob("**/libsofthsm2.so")), "")
PIN, ACCOUNT = "4711", Holder("Åsa", "Elektro Nord")
pytestmark = pytest.mark.skipif(
    not LIBRARY or not shutil.which("softhsm2-util"), reason="SoftHSM is a package of Debian's (dev.py test)"
)


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A library with two tokens: "ec" with one certificate, "rsa" with two."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    for label in ("ec", "rsa"):
        command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678"]
        subprocess.run(command, check=True, capture_output=True)
    now = datetime.now().astimezone()
    _fill("ec", b"\x01", *selfissued.make(ACCOUNT, now))
    for number in (b"\x01", b"\x02"):
        _fill("rsa", number, *_with_rsa(now))
    yield LIBRARY
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


def _with_rsa(now: datetime) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key, name = rsa.generate_private_key(65537, 2048), ACCOUNT.subject()
    made = leaf.builder(name, name, key.public_key(), now - timedelta(days=1), now + timedelta(days=90), "")
    return key, made.sign(key, hashes.SHA256())


def _fill(label: str, number: bytes, key: Any, certificate: x509.Certificate) -> None:
    import pkcs11
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    decode = decode_rsa_private_key if isinstance(key, rsa.RSAPrivateKey) else decode_ec_private_key
    secret = decode(key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    shown = decode_x509_certificate(certificate.public_bytes(Encoding.DER))
    with pkcs11.lib(LIBRARY).get_token(token_label=label).open(user_pin=PIN, rw=True) as session:
        kept = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.ID: number}
        session.create_object(secret | kept | {pkcs11.Attribute.PRIVATE: True, pkcs11.Attribute.SIGN: True})
        session.create_object(shown | kept)


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(BadInput) as raised:
        action()
    return raised.value.code


def identity(module: str, label: str, folder: Path, wanted: str = "") -> Unlocked:
    store, now = Store(folder / "identities", folder / "keys"), datetime.now().astimezone()
    found = token_identity.choose(token.certificates(module, label, PIN), wanted, now)
    return store.unlock(token_identity.take_in(store, found, now), PIN)


@pytest.mark.parametrize("label", ["ec", "rsa"])
def test_a_key_in_a_token_signs_a_certificate(module: str, label: str, tmp_path: Path) -> None:
    known = token.certificates(module, label, PIN)
    wanted = x509.load_der_x509_certificate(next(iter(known.values()))).fingerprint(hashes.SHA256()).hex()
    me = identity(module, label, tmp_path, wanted[:12])
    assert (me.identity.meta.protection, me.identity.meta.level) == (Protection.TOKEN, Level.SELF_ISSUED)
    issue.issue(job(1), PROFILE, "sv", me, tmp_path / "x.pdf")
    listed = trust.TrustList(pinned=(trust.Pinned(me.identity.fingerprint),))
    report = verify.examine(tmp_path / "x.pdf", listed, deep=True)
    assert report.outcome is Outcome.VALID
    assert report.content is not None
    assert report.content.signer is not None
    assert report.content.signer.protection == "token"
    said = subprocess.run(["pdfsig", "-nocert", tmp_path / "x.pdf"], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said


def test_nothing_of_the_key_or_the_pin_is_kept_here(module: str, tmp_path: Path) -> None:
    me = identity(module, "ec", tmp_path)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert PIN.encode() not in kept
    assert b"PRIVATE KEY" not in kept
    assert PIN not in repr(me)


def test_which_of_two_certificates_is_asked(module: str) -> None:
    now = datetime.now().astimezone()
    known = token.certificates(module, "rsa", PIN)
    assert len(known) == 2
    assert code_of(lambda: token_identity.choose(known, "", now)) == "token.choose-certificate"
    assert code_of(lambda: token_identity.choose(known, "ffffffffffff", now)) == "token.no-certificate"
    assert code_of(lambda: token_identity.choose({}, "", now)) == "token.no-certificate"


def test_which_of_two_tokens_is_asked(module: str) -> None:
    with pytest.raises(BadInput) as raised:
        token.certificates(module, None, PIN)
    assert raised.value.code == "token.choose"
    assert set(str(raised.value.values["known"]).split(", ")) == {"ec", "rsa"}


def test_a_token_of_another_name_is_not_there(module: str) -> None:
    assert code_of(lambda: token.certificates(module, "kortet", PIN)) == "token.none"


@pytest.mark.parametrize("pin", ["4712", "x", "9" * 300, "åäö"])
def test_a_wrong_pin_is_told_at_once(module: str, pin: str, tmp_path: Path) -> None:
    assert code_of(lambda: token.certificates(module, "ec", pin)) == "token.wrong-pin"
    me = identity(module, "ec", tmp_path).identity
    store = Store(tmp_path / "identities", tmp_path / "keys")
    assert code_of(lambda: store.unlock(me, pin)) == "token.wrong-pin"
    assert code_of(lambda: store.unlock(me, None)) == "token.pin-needed"


def test_a_locked_token_is_told(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SoftHSM never locks itself, so its answer is given for it."""
    import pkcs11

    class Locked:
        def open(self, **_: Any) -> Any:
            raise pkcs11.PinLocked

    monkeypatch.setattr(token, "_token", lambda *_: Locked())
    assert code_of(lambda: token.certificates(module, "ec", PIN)) == "token.locked"


@pytest.mark.parametrize("library", ["/usr/lib/none.so", "/etc/passwd", "", "/usr/lib", "a\x00b"])
def test_what_is_no_library_is_told(library: str) -> None:
    assert code_of(lambda: token.certificates(library, "ec", PIN)) == "token.failed"


def test_without_the_optional_package_it_is_told(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    me = identity(module, "ec", tmp_path)
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    assert code_of(lambda: token.certificates(module, "ec", PIN)) == "token.not-supported"
    assert code_of(lambda: me.key.sign(b"data")) == "token.not-supported"


def test_a_key_that_was_taken_out_of_its_token_is_told(module: str) -> None:
    gone = token.TokenKey(token.Place(module, "ec", "0badc0de"), PIN)
    assert code_of(lambda: gone.sign(b"data")) == "token.failed"


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b'{"module": 1}'])
def test_a_damaged_note_of_a_place_is_told(raw: bytes) -> None:
    assert code_of(lambda: token.open_key(raw, PIN)) == "identity.damaged"
