"""Signing identities: made, kept, found, and never lying about how well the key is kept."""

from __future__ import annotations

import json
import stat
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from installer_gui.certificate import vault
from installer_gui.certificate.holder import Holder
from installer_gui.certificate.identity import KEY, Store
from installer_gui.certificate.leaf import DOCUMENT_SIGNING
from installer_gui.certificate.vault import Protection
from installer_gui.errors import BadInput

from .samples import NOW

ASA = Holder("Åsa Björkqvist-Ødegård", "Elektro Nord Ängelholm AB", "556677-8899", "asa@elektronord.example")


class Chain:
    """A keychain in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, secret: str) -> None:
        self.kept[service, name] = secret

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A computer without a keychain."""
    monkeypatch.setattr(vault, "keychain", lambda: None)
    return Store(tmp_path / "data" / "identities", tmp_path / "config" / "keys")


@pytest.fixture
def chain(monkeypatch: pytest.MonkeyPatch, store: Store) -> Chain:
    made = Chain()
    monkeypatch.setattr(vault, "keychain", lambda: made)
    return made


def code_of(raised: pytest.ExceptionInfo[BadInput]) -> str:
    return raised.value.code


def test_the_certificate_is_what_pdf_readers_accept(store: Store) -> None:
    made = x509.load_der_x509_certificate(store.create(ASA, NOW).der)
    usage = made.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    purposes = set(made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    assert purposes == {x509.ObjectIdentifier(DOCUMENT_SIGNING), ExtendedKeyUsageOID.EMAIL_PROTECTION}
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert isinstance(made.public_key(), ec.EllipticCurvePublicKey)
    assert made.not_valid_before_utc == NOW - timedelta(days=7)
    assert made.not_valid_after_utc - made.not_valid_before_utc == timedelta(days=3 * 365)
    assert made.subject.rfc4514_string() == (
        "CN=Åsa Björkqvist-Ødegård,2.5.4.5=556677-8899,O=Elektro Nord Ängelholm AB"
    )


def test_openssl_reads_the_certificate(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "cert.pem"
    path.write_bytes(store.create(ASA, NOW).pem)
    said = subprocess.run(
        ["openssl", "verify", "-CAfile", path, "-partial_chain", "-no_check_time", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "OK" in said.stdout


@pytest.mark.parametrize("name", ["", "x" * 500, "\u202e\U0001f697\x00", "  ", "ett namn\nmed rader"])
def test_any_name_gives_a_certificate(store: Store, name: str) -> None:
    made = store.create(Holder(name, name, name, name), NOW)
    assert 1 <= len(made.name.encode()) <= 64
    assert store.of(Holder(name, name, name, name)) == made


def test_without_a_passphrase_the_key_goes_into_the_keychain(store: Store, chain: Chain) -> None:
    made = store.create(ASA, NOW)
    assert made.meta.protection is Protection.KEYCHAIN
    assert list(chain.kept) == [(vault.SERVICE, made.meta.key_id)]
    assert store.unlock(made).key.private.curve.name == "secp256r1"
    assert not store.keys.exists()


def test_the_keychain_holds_little_enough_for_windows(store: Store, chain: Chain) -> None:
    store.create(ASA, NOW)
    assert all(len(secret) * 2 <= 2560 for secret in chain.kept.values())


def test_a_keychain_that_lost_the_key_is_named(store: Store, chain: Chain) -> None:
    made = store.create(ASA, NOW)
    chain.kept.clear()
    with pytest.raises(BadInput) as raised:
        store.unlock(made)
    assert code_of(raised) == "identity.keychain-refused"


def test_a_passphrase_wins_over_the_keychain(store: Store, chain: Chain) -> None:
    made = store.create(ASA, NOW, "korrekt häst batteri")
    assert made.meta.protection is Protection.PASSPHRASE
    assert not chain.kept
    assert store.unlock(made, "korrekt ha\u0308st batteri").identity == made


@pytest.mark.parametrize(
    ("given", "code"), [(None, "passphrase-needed"), ("", "passphrase-needed"), ("fel", "wrong-passphrase")]
)
def test_a_missing_or_wrong_passphrase_is_told_in_one_line(store: Store, given: str | None, code: str) -> None:
    made = store.create(ASA, NOW, "rätt")
    with pytest.raises(BadInput) as raised:
        store.unlock(made, given)
    assert code_of(raised) == f"identity.{code}"


def test_without_both_only_file_permissions_protect_the_key_and_it_says_so(store: Store) -> None:
    made = store.create(ASA, NOW)
    assert made.meta.protection is Protection.FILE
    assert json.loads((made.folder / "meta.json").read_text())["protection"] == "file"
    (wrapping,) = store.keys.iterdir()
    assert stat.S_IMODE(wrapping.stat().st_mode) == 0o600
    assert not wrapping.is_relative_to(store.folder.parent)
    assert store.unlock(made).identity == made


def test_a_wrapping_key_that_others_can_read_is_not_used(store: Store) -> None:
    made = store.create(ASA, NOW)
    (wrapping,) = store.keys.iterdir()
    wrapping.chmod(0o644)
    with pytest.raises(BadInput) as raised:
        store.unlock(made)
    assert code_of(raised) == "identity.open-to-others"


def test_where_file_permissions_mean_nothing_a_passphrase_is_needed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault.os, "name", "nt")
    with pytest.raises(BadInput) as raised:
        vault._store(bytes(32), "ab" * 32, store.keys)
    assert code_of(raised) == "identity.passphrase-needed"


def test_the_key_is_nowhere_in_clear(store: Store) -> None:
    made = store.create(ASA, NOW)
    key = store.unlock(made).key.private.private_numbers().private_value.to_bytes(32, "big")
    for path in store.folder.parent.parent.rglob("*"):
        assert path.is_dir() or key not in path.read_bytes()
    assert "EllipticCurve" not in repr(store.unlock(made))


def test_a_damaged_key_file_is_told_in_one_line(store: Store) -> None:
    made = store.create(ASA, NOW)
    path = made.folder / KEY
    sealed = json.loads(path.read_text())
    for spoilt in (b"", b"{}", json.dumps(sealed | {"data": sealed["nonce"]}).encode(), path.read_bytes()[:-20]):
        path.write_bytes(spoilt)
        with pytest.raises(BadInput) as raised:
            store.unlock(made)
        assert code_of(raised) == "identity.damaged"


def test_a_key_cannot_be_moved_to_another_identity(store: Store) -> None:
    one, other = store.create(ASA, NOW, "x"), store.create(ASA, NOW, "x")
    (one.folder / KEY).write_bytes((other.folder / KEY).read_bytes())
    with pytest.raises(BadInput):
        store.unlock(one, "x")


def test_the_newest_identity_of_a_person_is_found_and_nobody_elses(store: Store) -> None:
    store.create(ASA, NOW - timedelta(days=30))
    newer = store.create(ASA, NOW)
    store.create(Holder("Björn", ASA.organisation), NOW + timedelta(days=1))
    assert store.of(ASA) == newer
    assert store.of(Holder("Åsa Björkqvist-Ødegård", "Annat AB")) is None


def test_a_half_written_identity_is_none(store: Store) -> None:
    made = store.create(ASA, NOW)
    (made.folder / "cert.pem").unlink()
    (store.folder / "odd").mkdir()
    (store.folder / "file").write_text("x")
    assert store.all() == ()


def test_an_unknown_identity_is_named(store: Store) -> None:
    with pytest.raises(BadInput) as raised:
        store.named("deadbeef")
    assert raised.value.values == {"name": "deadbeef"}


def test_a_simulated_sites_signer_is_called_demo(store: Store) -> None:
    assert store.create(Holder("Åsa", "AB", demo=True), NOW).name == "DEMO Åsa"
    assert store.of(Holder("Åsa", "AB")) is None


def test_a_plain_text_keychain_is_never_picked(monkeypatch: pytest.MonkeyPatch) -> None:
    for names in vault._BACKENDS.values():
        assert all("alt" not in name and "lain" not in name and "null" not in name for name in names)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    backend: Any = vault.keychain()
    assert backend is None or type(backend).__module__.startswith("keyring.backends.")


def test_a_folder_that_cannot_be_written_is_told_in_one_line(store: Store, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(BadInput) as raised:
        store.create(ASA, NOW)
    assert code_of(raised) == "input.unwritable"
