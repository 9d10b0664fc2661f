"""A distributor's authority: what it issues, what it refuses, and what its trust list says."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from jsonschema import Draft202012Validator

from installer_gui import assets
from installer_gui.certificate import ca, ca_pins, trust, trust_seen, trust_signature
from installer_gui.certificate.ca import Ca
from installer_gui.certificate.holder import Holder
from installer_gui.certificate.leaf import DOCUMENT_SIGNING
from installer_gui.errors import BadInput

from .conftest import SECRET, House, Office
from .samples import NOW

NOBODY = Holder()


@pytest.fixture
def authority(tmp_path: Path) -> Ca:
    return ca.init(tmp_path / "ca", "Laddgrossisten AB", NOW, SECRET)


def request(name: str = "Åsa Ek", key: Any = None) -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else [])
    made = x509.CertificateSigningRequestBuilder(subject)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=5), critical=True)
    own = key or ec.generate_private_key(ec.SECP256R1())
    digest = None if isinstance(own, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return made.sign(own, digest).public_bytes(serialization.Encoding.PEM)


def code_of(action: Any) -> str:
    with pytest.raises(BadInput) as raised:
        action()
    return raised.value.code


def test_the_root_is_an_authority_for_installers_and_for_no_other_authority(authority: Ca) -> None:
    root = x509.load_pem_x509_certificate(authority.root)
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert (constraints.value.ca, constraints.value.path_length) == (True, 0)
    usage = root.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.key_cert_sign
    assert not usage.digital_signature
    key = root.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert key.curve.name == "secp384r1"
    assert root.not_valid_after_utc - root.not_valid_before_utc == timedelta(days=3650)


def test_an_installer_gets_what_was_checked_and_nothing_that_was_only_asked_for(authority: Ca) -> None:
    checked = Holder("Åsa Björkqvist", "Elektro Nord AB", "556677-8899", "asa@example.org")
    _, entry = authority.issue(request("Somebody Else"), checked, SECRET, NOW, 730)
    made = x509.load_pem_x509_certificate(entry.pem.encode())
    assert made.subject.rfc4514_string() == "CN=Åsa Björkqvist,2.5.4.5=556677-8899,O=Elektro Nord AB"
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    purposes = {p.dotted_string for p in made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value}
    assert purposes == {DOCUMENT_SIGNING, "1.3.6.1.5.5.7.3.4"}
    assert made.not_valid_before_utc == NOW - timedelta(hours=24)
    assert made.not_valid_after_utc == NOW + timedelta(days=730)


def test_openssl_follows_the_chain(authority: Ca, tmp_path: Path) -> None:
    _, entry = authority.issue(request(), NOBODY, SECRET, NOW, 730)
    (tmp_path / "leaf.pem").write_text(entry.pem)
    (tmp_path / "root.pem").write_bytes(authority.root)
    command = ["openssl", "verify", "-x509_strict", "-no_check_time", "-CAfile", "root.pem", "leaf.pem"]
    assert "OK" in subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout


def test_a_certificate_never_outlives_the_root(authority: Ca) -> None:
    root = x509.load_pem_x509_certificate(authority.root)
    late = root.not_valid_after_utc - timedelta(days=10)
    _, entry = authority.issue(request(), NOBODY, SECRET, late, 730)
    assert entry.not_after == root.not_valid_after_utc
    assert code_of(lambda: authority.issue(request(), NOBODY, SECRET, late + timedelta(days=11), 1)) == "ca.root-ended"


def forged_request() -> bytes:
    """Somebody else's key in a request: its signature does not hold."""
    der = bytearray(x509.load_pem_x509_csr(request()).public_bytes(serialization.Encoding.DER))
    der[-3] ^= 1
    return bytes(der)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "ca.no-request"),
        (b"-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----\n", "ca.no-request"),
        (forged_request(), "ca.no-request"),
        (request(""), "ca.no-name"),
        (request(key=ed25519.Ed25519PrivateKey.generate()), "key.unfit"),
        (request(key=rsa.generate_private_key(65537, 1024)), "key.unfit"),
        (request(key=ec.generate_private_key(ec.SECP521R1())), "key.unfit"),
    ],
)
def test_what_is_no_request_is_told_in_one_line(authority: Ca, raw: bytes, code: str) -> None:
    assert code_of(lambda: authority.issue(raw, NOBODY, SECRET, NOW, 1)) == code
    assert ca.open_ca(authority.folder).register.issued == ()


def test_one_key_gets_one_certificate(authority: Ca) -> None:
    asked = request()
    made, entry = authority.issue(asked, NOBODY, SECRET, NOW, 1)
    with pytest.raises(BadInput) as raised:
        made.issue(asked, Holder("Mallory"), SECRET, NOW, 1)
    assert raised.value.values == {"serial": entry.serial, "name": "Åsa Ek"}


@pytest.mark.parametrize(
    ("secret", "code"), [(None, "identity.passphrase-needed"), ("wrong", "identity.wrong-passphrase")]
)
def test_without_the_passphrase_nothing_is_issued(authority: Ca, secret: str | None, code: str) -> None:
    assert code_of(lambda: authority.issue(request(), NOBODY, secret, NOW, 1)) == code
    assert code_of(lambda: authority.trust_list(secret, NOW, timedelta(days=1))) == code
    assert ca.open_ca(authority.folder).register == authority.register


def test_an_authority_needs_a_passphrase_and_a_place_of_its_own(authority: Ca, tmp_path: Path) -> None:
    assert code_of(lambda: ca.init(tmp_path / "new", "X", NOW, None)) == "ca.passphrase-needed"
    assert code_of(lambda: ca.init(tmp_path / "new", "\u202e", NOW, SECRET)) == "ca.no-name"
    assert code_of(lambda: ca.init(authority.folder, "X", NOW, SECRET)) == "ca.exists"
    assert code_of(lambda: ca.open_ca(tmp_path / "none")) == "ca.none"
    (authority.folder / "register.json").write_text("{")
    assert code_of(lambda: ca.open_ca(authority.folder)) == "ca.damaged"


def test_the_key_is_nowhere_in_clear(authority: Ca) -> None:
    number = authority.unlock(SECRET).private.private_numbers().private_value.to_bytes(48, "big")  # type: ignore[union-attr]
    for path in authority.folder.iterdir():
        assert number not in path.read_bytes()
    assert not [path for path in authority.folder.iterdir() if path.suffix == ".key"]


def test_what_was_issued_and_revoked_is_remembered(authority: Ca) -> None:
    made, entry = authority.issue(request(), NOBODY, SECRET, NOW, 730)
    for name in ("nobody", "ab", "ffffffff"):
        assert code_of(lambda name=name: made.revoke(name, "superseded", NOW, None)) == "ca.unknown"
    made, revoked = made.revoke(f"{entry.cert_sha256[:4]} {entry.cert_sha256[4:12].upper()}", "superseded", NOW, None)
    assert (revoked.cert_sha256, revoked.serial) == (entry.cert_sha256, entry.serial)
    assert code_of(lambda: made.revoke(entry.serial, "superseded", NOW, None)) == "ca.already-revoked"
    assert ca.open_ca(authority.folder).register == made.register


# ---- the trust list


def written(made: Ca, path: Path) -> tuple[Ca, Path]:
    changed, document = made.trust_list(SECRET, NOW, timedelta(days=90))
    path.write_bytes(document)
    return changed, path


def test_the_list_is_signed_numbered_and_as_published(house: House, tmp_path: Path) -> None:
    first, path = written(house.ca, tmp_path / "1.json")
    _, second = written(first, tmp_path / "2.json")
    loaded, newer = trust.load(path), trust.load(second)
    assert newer.seq == loaded.seq + 1
    assert loaded.signature is not None
    assert [d.name for d in loaded.distributors] == ["Laddgrossisten AB"]
    schema = json.loads(assets.resource("schemas", "trust.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(path.read_bytes()))


def test_who_signed_the_list_can_be_required(house: House, authority: Ca, tmp_path: Path) -> None:
    _, path = written(house.ca, tmp_path / "list.json")
    (tmp_path / "root.pem").write_bytes(house.ca.root)
    (tmp_path / "other.pem").write_bytes(authority.root)
    assert trust.load(path, tmp_path / "root.pem").signature is not None
    assert code_of(lambda: trust.load(path, tmp_path / "other.pem")) == "trust.other-signer"
    (tmp_path / "pins.pem").write_bytes(house.office.me.identity.pem)
    assert code_of(lambda: trust.load(tmp_path / "pins.pem", tmp_path / "root.pem")) == "trust.not-a-list"


def test_an_altered_list_is_refused(house: House, office: Office, tmp_path: Path) -> None:
    _, path = written(house.ca, tmp_path / "list.json")
    document = json.loads(path.read_bytes())
    pin = {"cert_sha256": office.stranger.identity.fingerprint}
    for changed in (
        {"seq": 999},
        {"pinned": [pin]},
        {"revoked": []} if document["revoked"] else {"revoked": [pin]},
        {"next_update": "2099-01-01"},
        {"distributors": []},
        {"tsa_roots": [house.ca.root.decode()]},
        {"signature": {"certificate": document["signature"]["certificate"], "value": "AAAA"}},
        {"signature": {"certificate": "AAAA", "value": document["signature"]["value"]}},
        {"signature": {"certificate": "no base64", "value": "å"}},
    ):
        path.write_text(json.dumps(document | changed))
        assert code_of(lambda: trust.load(path)) == "trust.altered"


def test_taking_the_signature_off_does_not_help(house: House, tmp_path: Path) -> None:
    _, path = written(house.ca, tmp_path / "list.json")
    document = json.loads(path.read_bytes())
    del document["signature"]
    path.write_text(json.dumps(document))
    assert code_of(lambda: trust.load(path)) == "trust.not-signed"


def test_how_the_list_is_laid_out_does_not_matter(house: House, tmp_path: Path) -> None:
    _, path = written(house.ca, tmp_path / "list.json")
    document = json.loads(path.read_bytes())
    path.write_text(json.dumps(dict(reversed(document.items())), ensure_ascii=True, indent=7))
    assert trust.load(path).signature is not None


@pytest.mark.parametrize(
    "change",
    [
        {"next_update": "soon"},
        {"issued": "2026-11-25T12:00:00"},
        {"distributors": [{"name": "x", "root_cert": "x"}]},
        {"tsa_roots": ["x"]},
        {"revoked": [{"cert_sha256": "ab" * 32, "revoked_at": "yesterday"}]},
        {"revoked": [{"cert_sha256": "ab"}]},
    ],
)
def test_a_signed_list_with_nonsense_in_it_is_told_at_once(house: House, tmp_path: Path, change: Any) -> None:
    document = {"schema": trust.SCHEMA, "seq": 1, **change}
    signed = trust_signature.sign(document, ca_der(house.ca), house.ca.unlock(SECRET))
    (tmp_path / "list.json").write_text(json.dumps(signed))
    assert code_of(lambda: trust.load(tmp_path / "list.json")) == "trust.wrong"


def ca_der(authority: Ca) -> bytes:
    from installer_gui.certificate.pem import to_der

    return to_der(authority.root)


def test_an_older_list_than_one_seen_before_is_refused(house: House, tmp_path: Path) -> None:
    first, one = written(house.ca, tmp_path / "1.json")
    _, two = written(first, tmp_path / "2.json")
    memory = tmp_path / "seen.json"
    for path in (one, two, two):
        trust_seen.accept(trust.load(path), path.name, memory)
    assert code_of(lambda: trust_seen.accept(trust.load(one), "1.json", memory)) == "trust.older"
    for damaged in (b"", b"[]", b'{"x": "y"}', b"\xff"):
        memory.write_bytes(damaged)
        trust_seen.accept(trust.load(one), "1.json", memory)


def test_where_nothing_can_be_remembered_verifying_still_works(house: House, tmp_path: Path) -> None:
    _, path = written(house.ca, tmp_path / "list.json")
    trust_seen.accept(trust.load(path), "list.json", Path("/proc/none/seen.json"))


def test_signers_servers_and_other_distributors_can_be_enrolled(house: House, office: Office, authority: Ca) -> None:
    made = ca_pins.changed(
        authority,
        pins=[office.me.identity.pem, office.me.identity.pem],
        unpins=[],
        servers=[house.ca.root],
        distributors=[house.ca.root],
        by="Support",
        today=NOW.date(),
    )
    (pin,) = made.register.pinned
    assert (pin.cert_sha256, pin.enrolled_by) == (office.me.identity.fingerprint, "Support")
    assert [d.name for d in made.register.distributors] == ["Laddgrossisten AB"]
    assert made.register.tsa_roots == (house.ca.root.decode(),)
    gone = ca_pins.changed(made, [], [pin.cert_sha256[:8]], [], [], "", NOW.date())
    assert gone.register.pinned == ()
    for unknown in ("", "ab", "ffffffff"):
        assert code_of(lambda u=unknown: ca_pins.changed(made, [], [u], [], [], "", NOW.date())) == "ca.unknown"
    for raw in (b"x", office.me.identity.pem):
        assert code_of(lambda r=raw: ca_pins.changed(made, [], [], [r], [], "", NOW.date())) == "ca.no-authority"


def test_a_revoked_signer_is_no_longer_enrolled(office: Office, authority: Ca) -> None:
    made = ca_pins.changed(authority, [office.me.identity.pem], [], [], [], "", NOW.date())
    made, entry = made.revoke(office.me.identity.fingerprint, "keyCompromise", NOW, NOW - timedelta(days=3))
    assert made.register.pinned == ()
    assert entry.is_lost
    assert entry.since == NOW - timedelta(days=3)
    assert replace(entry, compromised_since="").since == NOW
