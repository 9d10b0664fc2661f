"""A profile that its distributor has signed: nobody can change it, and a list says whose signature is known."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from jsonschema import Draft202012Validator

from installer_gui import assets
from installer_gui.certificate import ca_certificates, signed_profile, trust
from installer_gui.certificate.keys import SoftKey
from installer_gui.certificate.pem import to_der
from installer_gui.certificate.signed_profile import SCHEMA, SignedProfile
from installer_gui.certificate.trust import Distributor, Revoked, TrustList
from installer_gui.errors import BadInput

from .schema_of import schema_of

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TEXT = 'id = "grossist"\n'


@pytest.fixture(scope="module")
def signed() -> tuple[bytes, TrustList]:
    """A signed file, and a list that names the distributor."""
    key, root = ca_certificates.make_root("Elgrossisten AB", NOW)
    made = signed_profile.sign(TEXT, to_der(root), SoftKey(key))
    return made, TrustList(distributors=(Distributor("Elgrossisten AB", root.decode()),))


def test_the_text_comes_back_and_the_list_says_whose_it_is(signed: tuple[bytes, TrustList]) -> None:
    raw, known = signed
    assert signed_profile.opened(raw, "x", known, NOW) == (TEXT.encode(), "Elgrossisten AB")
    assert signed_profile.opened(raw, "x", trust.EMPTY, NOW) == (TEXT.encode(), "")
    assert signed_profile.opened(TEXT.encode(), "x", known, NOW) == (TEXT.encode(), "")


def test_the_file_is_as_published(signed: tuple[bytes, TrustList]) -> None:
    published = json.loads(assets.resource("schemas", "profile.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(schema_of(SignedProfile, SCHEMA)))
    Draft202012Validator(published).validate(json.loads(signed[0]))


def test_a_root_that_no_longer_counts_is_unknown(signed: tuple[bytes, TrustList]) -> None:
    raw, known = signed
    (ours,) = known.distributors
    taken_back = replace(known, revoked=(Revoked(_fingerprint(raw)),))
    later = replace(known, distributors=(replace(ours, valid_from="2026-12-01"),))
    ended = replace(known, distributors=(replace(ours, valid_to="2026-11-01"),))
    for no_more in (taken_back, later, ended):
        assert signed_profile.opened(raw, "x", no_more, NOW)[1] == ""
    assert signed_profile.opened(raw, "x", known, NOW + timedelta(days=20 * 365))[1] == ""


def _fingerprint(raw: bytes) -> str:
    from installer_gui.certificate.trust_signature import Signature, fingerprint

    return fingerprint(Signature(**json.loads(raw)["signature"]))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d | {"profile": d["profile"].replace("grossist", "other")}, "profile.altered"),
        (
            lambda d: d | {"signature": d["signature"] | {"value": base64.b64encode(b"x" * 70).decode()}},
            "profile.altered",
        ),
        (lambda d: d | {"signature": d["signature"] | {"value": "?"}}, "profile.altered"),
        (lambda d: d | {"signature": d["signature"] | {"certificate": ""}}, "profile.altered"),
        (lambda d: d | {"schema": "driftklar.profile/2"}, "profile.newer"),
        (lambda d: d | {"more": 1}, "profile.damaged"),
        (lambda d: {k: v for k, v in d.items() if k != "signature"}, "profile.damaged"),
        (lambda d: d | {"profile": 7}, "profile.damaged"),
        (lambda d: d | {"profile": "\ud800"}, "profile.damaged"),
    ],
)
def test_what_was_changed_is_refused(signed: tuple[bytes, TrustList], change: object, code: str) -> None:
    raw, known = signed
    changed = json.dumps(change(json.loads(raw))).encode()  # type: ignore[operator]
    with pytest.raises(BadInput) as raised:
        signed_profile.opened(changed, "x", known, NOW)
    assert raised.value.code == code


@pytest.mark.parametrize("raw", [b"{", b"{}", b"{" * 100_000, b'{"a":' * 100_000, b"{\xff}"])
def test_what_is_no_file_of_ours_is_one_sentence(raw: bytes) -> None:
    with pytest.raises(BadInput) as raised:
        signed_profile.opened(raw, "x", trust.EMPTY, NOW)
    assert raised.value.code == "profile.damaged"


def test_laying_the_file_out_anew_changes_nothing(signed: tuple[bytes, TrustList]) -> None:
    raw, known = signed
    assert signed_profile.opened(json.dumps(json.loads(raw)).encode(), "x", known, NOW)[1] == "Elgrossisten AB"
