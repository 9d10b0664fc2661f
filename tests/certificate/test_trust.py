"""Trust lists, ours and PEM files, and everything that is neither."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from installer_gui.certificate import trust
from installer_gui.certificate.reasons import Outcome, Reason
from installer_gui.errors import BadInput

from .conftest import Office

HASH = "ab" * 32


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_list_names_certificates_by_their_hash(tmp_path: Path) -> None:
    entry = {"cert_sha256": HASH, "name": "Åsa", "company": "AB", "enrolled_by": "Support", "date": "2026-11-25"}
    document = {"schema": trust.SCHEMA, "seq": 3, "issued": "2026-11-25", "pinned": [entry]}
    made = trust.load(written(tmp_path / "trust.json", json.dumps(document)))
    assert made.pins(HASH)
    assert not made.pins("cd" * 32)
    assert made.pinned[0].enrolled_by == "Support"


@pytest.mark.parametrize(
    "shown", [HASH.upper(), " ".join(HASH[i : i + 4] for i in range(0, 64, 4)), ":".join(["AB"] * 32)]
)
def test_a_hash_may_be_grouped_for_reading(tmp_path: Path, shown: str) -> None:
    document = {"seq": 1, "pinned": [{"cert_sha256": shown}]}
    assert trust.load(written(tmp_path / "trust.json", json.dumps(document))).pins(HASH)


def test_certificates_in_a_pem_file_are_a_list_too(tmp_path: Path, office: Office) -> None:
    both = office.me.identity.pem + b"\n# a remark\n" + office.stranger.identity.pem
    made = trust.load(written(tmp_path / "trust.pem", both))
    assert made.pins(office.me.identity.fingerprint)
    assert made.pins(office.stranger.identity.fingerprint)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "trust.not-a-list"),
        (b"\xff\xfe\x00", "trust.not-a-list"),
        (b"[" * 100_000, "trust.not-a-list"),
        ("[]", "trust.wrong"),
        ('{"pinned": [{"cert_sha256": "ab"}]}', "trust.wrong"),
        ('{"pinned": [{}]}', "trust.wrong"),
        ('{"pinned": [], "suspended": []}', "trust.wrong"),
        ('{"schema": "driftklar.trust/2"}', "trust.other-schema"),
        ("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n", "input.not-pem"),
    ],
)
def test_what_is_no_list_is_told_in_one_line(tmp_path: Path, content: str | bytes, code: str) -> None:
    with pytest.raises(BadInput) as raised:
        trust.load(written(tmp_path / "trust.json", content))
    assert raised.value.code == code


def test_a_missing_list_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        trust.load(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("reason", "seen", "outcome"),
    [("keyCompromise", Reason.KEY_LOST, Outcome.INVALID), ("superseded", Reason.REVOKED, Outcome.UNTRUSTED)],
)
def test_a_revoked_signer_is_not_trusted(
    office: Office, honest: bytes, reason: str, seen: Reason, outcome: Outcome
) -> None:
    from installer_gui.certificate import verify

    from .samples import NOW

    mine = office.me.identity.fingerprint
    both = trust.TrustList(pinned=(trust.Pinned(mine),), revoked=(trust.Revoked(mine, "2026-11-24", reason),))
    report = verify.examine_bytes(honest, both, NOW)
    assert report.outcome is outcome
    assert seen in report.reasons
