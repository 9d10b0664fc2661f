"""Who is trusted and when: distributors, revocations with their rules for time, and everybody who would like to be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from installer_gui.certificate import appearance, ca, ca_certificates, issue, keys, leaf, timestamp, trust, verify
from installer_gui.certificate.content import encode
from installer_gui.certificate.holder import Holder, named_in
from installer_gui.certificate.identity import Identity, Level, Unlocked
from installer_gui.certificate.keys import SoftKey
from installer_gui.certificate.layout import render
from installer_gui.certificate.reasons import Outcome, Reason
from installer_gui.certificate.sign import sign
from installer_gui.certificate.trust import Distributor, Pinned, Revoked, TrustList
from installer_gui.certificate.verify import Report

from .conftest import SECRET, House, Office
from .samples import NOW, job
from .tsa import Tsa

LATER = NOW + timedelta(days=40)


def by(unlocked: Unlocked, house: House, authority: timestamp.Authority | None = None) -> bytes:
    """A certificate under this identity, which the paper names."""
    office = replace(house.office, me=unlocked)
    made = office.content(job(1))
    if authority:
        made = replace(made, timestamp=issue._timestamp(authority))
    return sign(render(made, encode(made)), unlocked, appearance.of(made), made.issued.local, authority)


def with_certificates(house: House, key: Any, certificates: list[x509.Certificate]) -> Unlocked:
    """An identity with any certificates, also such as no honest program would take in."""
    own = certificates[0]
    plain = house.office.me.identity
    print_ = own.fingerprint(hashes.SHA256()).hex()
    made = replace(
        plain,
        holder=named_in(own),
        meta=replace(plain.meta, fingerprint=print_, level=Level.IMPORTED),
        certificates=tuple(c.public_bytes(Encoding.DER) for c in certificates),
    )
    return Unlocked(made, SoftKey(key))


@pytest.fixture(scope="module")
def signed(house: House) -> bytes:
    return by(house.office.me, house)


@pytest.fixture
def listed(house: House, tmp_path: Path) -> TrustList:
    return house.trust(tmp_path)


def examined(data: bytes, trusted: TrustList, now: datetime = NOW, received: datetime | None = None) -> Report:
    return verify.examine_bytes(data, trusted, now, received=received)


def test_an_installer_of_a_distributor_is_trusted_through_its_root(
    house: House, signed: bytes, listed: TrustList
) -> None:
    report = examined(signed, listed)
    assert (report.outcome, report.reasons) == (Outcome.VALID, ())
    assert report.signer is not None
    assert (report.signer.level, report.signer.vouched_by) == (Level.DISTRIBUTOR_ISSUED, "Laddgrossisten AB")


def test_without_the_list_nobody_knows_who_issued_it(signed: bytes) -> None:
    report = examined(signed, trust.EMPTY)
    assert (report.outcome, report.reasons) == (Outcome.UNTRUSTED, (Reason.UNKNOWN_SIGNER,))
    assert report.signer is not None
    assert report.signer.level is Level.IMPORTED


def test_the_certificate_alone_can_be_enrolled(house: House, signed: bytes) -> None:
    pinned = TrustList(pinned=(Pinned(house.office.me.identity.fingerprint),))
    assert examined(signed, pinned).outcome is Outcome.VALID


def test_an_old_list_is_said_and_still_counts(signed: bytes, listed: TrustList) -> None:
    report = examined(signed, listed, NOW + timedelta(days=91))
    assert (report.outcome, report.reasons) == (Outcome.VALID, (Reason.TRUST_LIST_OLD,))


@pytest.mark.parametrize(
    ("limits", "trusted"),
    [
        ({"organisations": ("Elektro Nord Ängelholm AB", "Annat AB")}, True),
        ({"organisations": ("Annat AB",)}, False),
        ({"valid_from": "2026-01-01", "valid_to": "2027-01-01"}, True),
        ({"valid_from": "2026-12-01"}, False),
        ({"valid_to": "2026-11-01"}, False),
    ],
)
def test_a_distributor_may_be_limited(signed: bytes, listed: TrustList, limits: Any, trusted: bool) -> None:
    limited = replace(listed, distributors=(replace(listed.distributors[0], **limits),))
    assert (examined(signed, limited).outcome is Outcome.VALID) is trusted


def test_after_a_distributors_last_day_the_signers_clock_proves_nothing(signed: bytes, listed: TrustList) -> None:
    limited = replace(listed, distributors=(replace(listed.distributors[0], valid_to="2026-12-01"),))
    assert examined(signed, limited).outcome is Outcome.VALID
    assert examined(signed, limited, LATER).reasons == (Reason.NO_PROOF_OF_TIME,)
    assert examined(signed, limited, LATER, NOW + timedelta(days=1)).outcome is Outcome.VALID


# ---- those who would like to be trusted


def test_an_installer_cannot_vouch_for_somebody_else(house: House, listed: TrustList) -> None:
    """Their own certificate is no authority's, whatever it signs."""
    mine = house.office.me
    issuer = x509.load_der_x509_certificate(mine.identity.der)
    root = x509.load_pem_x509_certificate(house.ca.root)
    key = keys.make()
    assert isinstance(mine.key, SoftKey)
    below = leaf.builder(
        Holder("Mallory").subject(), issuer.subject, key.public_key(), NOW - timedelta(hours=1), LATER, ""
    ).sign(mine.key.private, hashes.SHA256())
    report = examined(by(with_certificates(house, key, [below, issuer, root]), house), listed)
    assert report.outcome is Outcome.UNTRUSTED
    assert Reason.UNKNOWN_SIGNER in report.reasons


@pytest.mark.parametrize("key", [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)])
def test_a_root_of_the_same_name_is_another_root(house: House, listed: TrustList, key: Any) -> None:
    twin = root(key)
    own = keys.make()
    made = leaf.builder(Holder("Åsa").subject(), twin.subject, own.public_key(), NOW, LATER, "").sign(
        key, hashes.SHA256()
    )
    for chain in ([made, twin], [made], [made, x509.load_pem_x509_certificate(house.ca.root)]):
        report = examined(by(with_certificates(house, own, chain), house), listed)
        assert report.outcome in (Outcome.UNTRUSTED, Outcome.INVALID)


@pytest.mark.parametrize(("size", "outcome"), [(1024, Outcome.INVALID), (2048, Outcome.VALID)])
def test_a_key_that_can_be_broken_stands_for_nobody(house: House, size: int, outcome: Outcome) -> None:
    key, name = rsa.generate_private_key(65537, size), Holder("Åsa").subject()
    own = leaf.builder(name, name, key.public_key(), NOW - timedelta(hours=1), LATER, "").sign(key, hashes.SHA256())
    pinned = TrustList(pinned=(Pinned(own.fingerprint(hashes.SHA256()).hex()),))
    assert examined(by(with_certificates(house, key, [own]), house), pinned).outcome is outcome


def root(key: Any) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Laddgrossisten AB")])
    made = x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
    made = made.serial_number(5).not_valid_before(NOW - timedelta(days=1)).not_valid_after(LATER)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return made.sign(key, hashes.SHA256())


def test_a_self_issued_certificate_in_the_roots_name_is_unknown(house: House, listed: TrustList) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    report = examined(by(with_certificates(house, key, [root(key)]), house), listed)
    assert report.outcome is not Outcome.VALID


def test_the_root_itself_signs_no_papers(house: House, listed: TrustList) -> None:
    """It is there to issue; whoever has its key can issue a certificate that may sign."""
    unlocked = with_certificates(
        house, house.ca.unlock(SECRET).private, [x509.load_pem_x509_certificate(house.ca.root)]
    )
    assert examined(by(unlocked, house), listed).outcome is not Outcome.VALID


def issued(house: House, **changes: Any) -> Unlocked:
    """A certificate by the true root that is not like the others."""
    key, root_certificate = keys.make(), x509.load_pem_x509_certificate(house.ca.root)
    name = Holder("Åsa").subject()
    made = x509.CertificateBuilder(subject_name=name, issuer_name=root_certificate.subject, public_key=key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(changes.get("start", NOW - timedelta(days=1))).not_valid_after(LATER)
    for extension, critical in changes.get("extensions", ()):
        made = made.add_extension(extension, critical)
    signed = made.sign(house.ca.unlock(SECRET).private, hashes.SHA384())
    return with_certificates(house, key, [signed, root_certificate])


@pytest.mark.parametrize(
    ("extensions", "trusted"),
    [
        ((), True),
        (((leaf.usage(digital_signature=True), True),), True),
        (((leaf.usage(key_encipherment=True), True),), False),
        (((x509.BasicConstraints(ca=True, path_length=0), True),), False),
        (((x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True),), False),
        (((x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), False),), True),
    ],
)
def test_what_a_certificate_is_for_counts(house: House, listed: TrustList, extensions: Any, trusted: bool) -> None:
    report = examined(by(issued(house, extensions=extensions), house), listed)
    assert (report.outcome is Outcome.VALID) is trusted


# ---- certificates beside the signature


def test_no_certificate_can_be_put_beside_the_signature_or_taken_away(
    house: House, office: Office, signed: bytes, listed: TrustList
) -> None:
    from asn1crypto import cms as asn1

    from . import forge

    stranger = asn1.CertificateChoices.load(office.stranger.identity.der)

    def fewer(content: Any) -> None:
        content["certificates"] = asn1.CertificateSet([content["certificates"][0]])

    def swapped(content: Any) -> None:
        content["certificates"] = asn1.CertificateSet([content["certificates"][0], stranger])

    changes = [fewer, swapped, lambda c: c["certificates"].append(stranger)]
    for change in changes:
        altered = forge.with_cms(signed, change)
        assert altered != signed
        assert examined(altered, listed).outcome is Outcome.INVALID


# ---- taken back


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return Tsa(tmp_path_factory.mktemp("standing") / "tsa", key=ec.generate_private_key(ec.SECP256R1()))


@contextmanager
def known(tsa: Tsa) -> Iterator[timestamp.Authority]:
    with tsa.serving() as url:
        yield timestamp.ask(url)


@pytest.fixture(scope="module")
def stamped(house: House, tsa: Tsa) -> bytes:
    """Its time is today's, not the samples'."""
    with known(tsa) as authority:
        return by(house.office.me, house, authority)


TODAY = datetime.now(UTC)
BEFORE, AFTER = (TODAY - timedelta(days=1)).isoformat(), (TODAY + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("entry", "with_stamp", "without"),
    [
        ({"reason": "superseded", "revoked_at": AFTER}, None, Reason.REVOKED),
        ({"reason": "superseded", "revoked_at": BEFORE}, Reason.REVOKED, Reason.REVOKED),
        ({"reason": "superseded"}, Reason.REVOKED, Reason.REVOKED),
        ({"reason": "keyCompromise", "revoked_at": AFTER}, None, Reason.KEY_LOST),
        ({"reason": "keyCompromise", "revoked_at": AFTER, "compromised_since": BEFORE}, *[Reason.KEY_LOST] * 2),
        ({"reason": "keyCompromise", "revoked_at": AFTER, "compromised_since": AFTER}, None, Reason.KEY_LOST),
        ({"reason": "keyCompromise"}, Reason.KEY_LOST, Reason.KEY_LOST),
    ],
)
def test_what_was_surely_signed_before_stays_valid(
    house: House,
    tsa: Tsa,
    signed: bytes,
    stamped: bytes,
    listed: TrustList,
    entry: Any,
    with_stamp: Reason | None,
    without: Reason,
) -> None:
    taken_back = Revoked(house.office.me.identity.fingerprint, **entry)
    trusted = replace(listed, tsa_roots=(tsa.root,), revoked=(taken_back,))
    report = examined(stamped, trusted, TODAY)
    assert report.stamped is not None
    assert [r for r in report.reasons if r in (Reason.REVOKED, Reason.KEY_LOST)] == ([with_stamp] if with_stamp else [])
    assert (report.outcome is Outcome.VALID) is (with_stamp is None)
    plain = examined(signed, trusted, TODAY)
    assert plain.reasons == (without,)
    assert plain.outcome is {Reason.KEY_LOST: Outcome.INVALID, Reason.REVOKED: Outcome.UNTRUSTED}[without]
    untrusted = examined(stamped, replace(trusted, tsa_roots=()), TODAY)
    assert untrusted.outcome is plain.outcome, "a timestamp that nobody trusts proves nothing"


def test_a_day_of_receipt_proves_that_it_was_signed_before(house: House, signed: bytes, listed: TrustList) -> None:
    mine = house.office.me.identity.fingerprint
    ended = replace(listed, revoked=(Revoked(mine, "2026-12-01", "affiliationChanged"),))
    assert examined(signed, ended, LATER).reasons == (Reason.REVOKED,)
    assert examined(signed, ended, LATER, NOW + timedelta(days=1)).outcome is Outcome.VALID
    assert examined(signed, ended, LATER, LATER).reasons == (Reason.REVOKED,)
    lost = replace(listed, revoked=(Revoked(mine, "2026-12-01", "keyCompromise"),))
    assert examined(signed, lost, LATER, NOW + timedelta(days=1)).outcome is Outcome.INVALID
    old = NOW + timedelta(days=3 * 365)
    assert Reason.NO_PROOF_OF_TIME in examined(signed, listed, old).reasons
    assert examined(signed, listed, old, NOW + timedelta(days=1)).outcome is Outcome.VALID
    assert Reason.NO_PROOF_OF_TIME in examined(signed, listed, old, old).reasons


def test_a_root_that_was_taken_back_takes_its_installers_along(house: House, signed: bytes, listed: TrustList) -> None:
    own = x509.load_pem_x509_certificate(house.ca.root).fingerprint(hashes.SHA256()).hex()
    lost = replace(listed, revoked=(Revoked(own, "2026-12-01", "keyCompromise"),))
    assert examined(signed, lost).reasons == (Reason.KEY_LOST,)


def test_a_certificate_written_in_another_way_stays_revoked(house: House, tmp_path: Path) -> None:
    """The issuer's ECDSA signature in it has a twin: another hash, the same certificate."""
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    mine = house.office.me
    plain = x509.load_der_x509_certificate(mine.identity.der)
    r, s = decode_dss_signature(plain.signature)
    twin_signature = encode_dss_signature(r, ec.SECP384R1().group_order - s)
    twin = asn1_with_signature(mine.identity.der, twin_signature)
    assert twin != mine.identity.der
    own = x509.load_der_x509_certificate(twin)
    unlocked = with_certificates(house, mine.key.private, [own, x509.load_pem_x509_certificate(house.ca.root)])  # type: ignore[attr-defined]
    data = by(unlocked, house)
    assert examined(data, house.trust(tmp_path)).outcome is Outcome.VALID  # it is the same certificate
    (entry,) = house.ca.register.issued
    _, taken_back = ca.open_ca(house.ca.folder).revoke(entry.serial, "keyCompromise", NOW, None)
    house.ca.with_register(house.ca.register)  # the others' authority stays as it was
    trusted = replace(house.trust(tmp_path), revoked=(taken_back,))
    assert hashlib.sha256(twin).hexdigest() != taken_back.cert_sha256
    assert examined(data, trusted).reasons == (Reason.KEY_LOST,)


def asn1_with_signature(der: bytes, signature: bytes) -> bytes:
    from asn1crypto import x509 as asn1

    certificate = asn1.Certificate.load(der)
    certificate["signature_value"] = signature
    dumped: bytes = certificate.dump(force=True)
    return dumped


# ---- time


def test_an_expired_root_needs_proof_of_time_too(house: House, signed: bytes, listed: TrustList) -> None:
    root_end = x509.load_pem_x509_certificate(house.ca.root).not_valid_after_utc
    assert Reason.NO_PROOF_OF_TIME in examined(signed, listed, root_end + timedelta(days=1)).reasons


def test_a_paper_from_the_future_is_remarked(house: House, signed: bytes, listed: TrustList) -> None:
    report = examined(signed, listed, NOW - timedelta(days=2))
    assert Reason.CLOCK_OFF in report.reasons
    assert report.outcome is Outcome.VALID


def test_a_certificate_that_began_later_did_not_sign_then(house: House, listed: TrustList) -> None:
    report = examined(by(issued(house, start=NOW + timedelta(hours=1)), house), listed, LATER)
    assert Reason.OUTSIDE_VALIDITY in report.reasons
    assert report.outcome is Outcome.UNTRUSTED


def test_distributors_are_tried_one_after_the_other(house: House, signed: bytes, listed: TrustList) -> None:
    other = Distributor("Annan", root(ec.generate_private_key(ec.SECP256R1())).public_bytes(Encoding.PEM).decode())
    both = replace(listed, distributors=(other, *listed.distributors))
    report = examined(signed, both)
    assert report.outcome is Outcome.VALID
    assert report.signer is not None
    assert report.signer.vouched_by == "Laddgrossisten AB"


def test_an_identity_knows_its_chain(house: House) -> None:
    mine: Identity = house.office.me.identity
    assert [hashlib.sha256(der).hexdigest() for der in mine.certificates] == [
        mine.fingerprint,
        ca_certificates_fingerprint(house),
    ]
    assert mine.meta.key_id == keys.identifier(x509.load_der_x509_certificate(mine.der).public_key())
    assert ca_certificates.key_id(house.ca.root) != mine.meta.key_id


def ca_certificates_fingerprint(house: House) -> str:
    return x509.load_pem_x509_certificate(house.ca.root).fingerprint(hashes.SHA256()).hex()
