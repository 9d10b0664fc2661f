"""results.json, verifications and identities are as published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from installer_gui import assets, i18n
from installer_gui.certificate import summary
from installer_gui.certificate.content import SCHEMA, Content, encode
from installer_gui.certificate.identity import Store
from installer_gui.certificate.reasons import Outcome, Reason
from installer_gui.cli import identity_text, verify_document

from .conftest import Office
from .samples import content, hostile, job
from .schema_of import schema_of
from .test_layout import HOSTILE


def published(name: str) -> dict[str, Any]:
    text = assets.resource("schemas", f"{name}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def validate(name: str, document: Any) -> None:
    Draft202012Validator(published(name), format_checker=FormatChecker()).validate(document)


def test_the_published_shape_is_the_one_that_is_written() -> None:
    made = schema_of(Content, SCHEMA)
    assert published("certificate") == json.loads(json.dumps(made))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_certificate_holds_to_it(language: str) -> None:
    for made in (job(0), job(3, blocked=True, skipped=True), job(40, demo="garage"), *map(hostile, HOSTILE)):
        validate("certificate", json.loads(encode(content(made, language))))


def test_it_is_no_empty_promise() -> None:
    document = json.loads(encode(content(job(1))))
    with pytest.raises(ValidationError):
        validate("certificate", document | {"verdict": "splendid"})


def test_every_kind_of_verification_holds_to_its_shape(office: Office, honest: bytes, tmp_path: Path) -> None:
    for data in (honest, honest + b"\n", b"", honest[:-400]):
        validate("verify", verify_document.document(tmp_path / "x.pdf", summary.of(office.examine(data))))
    schema = published("verify")["properties"]
    assert schema["reasons"]["items"]["enum"] == [reason.value for reason in Reason]
    assert schema["verdict"]["enum"] == [outcome.value for outcome in Outcome]


def test_identities_hold_to_their_shape(office: Office) -> None:
    store: Store = office.store
    validate("identities", identity_text.document(store, store.all()))
