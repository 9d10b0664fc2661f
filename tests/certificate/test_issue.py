"""Issuing: what is written has been read back, and whatever goes wrong is one clear sentence and no half a file."""

from __future__ import annotations

import errno
import os
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from installer_gui import files, i18n
from installer_gui.certificate import issue as issuing
from installer_gui.certificate import layout, verify
from installer_gui.certificate.content import Draft
from installer_gui.certificate.identity import Unlocked
from installer_gui.certificate.issue import file_name, holder_of, issue
from installer_gui.certificate.reasons import Outcome, Reason
from installer_gui.domain.check import Expected
from installer_gui.domain.finding import station
from installer_gui.domain.job import Job
from installer_gui.domain.verdict import Verdict
from installer_gui.errors import BadInput
from installer_gui.session import plan

from .conftest import Office
from .samples import NOW, PROFILE, RULES, SITE_AREAS, job
from .test_layout import text_of


@pytest.fixture(autouse=True)
def _sample_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up checks are the ones that count."""

    def expected(made: Job, profile: object) -> list[Expected]:
        per_station = [Expected(n, station(s.id)) for s in made.stations for n in ("wifi-signal", "station-online")]
        return [*(Expected(name) for name in SITE_AREAS), *per_station]

    monkeypatch.setattr(plan, "rules", lambda profile: RULES)
    monkeypatch.setattr(plan, "expected_of", expected)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_job_becomes_a_signed_file_that_verifies(office: Office, language: str, tmp_path: Path) -> None:
    out = tmp_path / "new folder" / "intyg.pdf"
    made = issue(job(3), PROFILE, language, office.me, out, NOW)
    report = verify.examine(out, office.trust, NOW, deep=True)
    assert (report.outcome, report.reasons) == (Outcome.VALID, ())
    assert report.content is not None
    assert (made.certificate_id, made.results_sha256) == (report.content.certificate_id, report.sha256)
    assert (made.fingerprint, made.draft) == (office.me.identity.fingerprint, ())
    assert [path.name for path in out.parent.iterdir()] == ["intyg.pdf"]


def test_every_issue_has_a_number_of_its_own(office: Office, tmp_path: Path) -> None:
    numbers = {issue(job(1), PROFILE, "sv", office.me, tmp_path / "x.pdf", NOW).certificate_id for _ in range(3)}
    assert len(numbers) == 3


def test_a_failed_site_is_signed_without_watermark(office: Office, tmp_path: Path) -> None:
    made = issue(job(2, blocked=True), PROFILE, "sv", office.me, tmp_path / "x.pdf", NOW)
    assert (made.verdict, made.draft) == (Verdict.FAILED, ())
    assert "UTKAST" not in text_of((tmp_path / "x.pdf").read_bytes())


def test_a_partial_job_is_signed_as_a_draft(office: Office, tmp_path: Path) -> None:
    made = issue(job(2, skipped=True), PROFILE, "nb", office.me, tmp_path / "x.pdf", NOW)
    assert (made.verdict, made.draft) == (Verdict.INCOMPLETE, (Draft.INCOMPLETE,))
    assert verify.examine(tmp_path / "x.pdf", office.trust, NOW).reasons == (Reason.INCOMPLETE,)
    assert "UTKAST" in text_of((tmp_path / "x.pdf").read_bytes())


def test_without_an_identity_it_is_an_unsigned_draft(tmp_path: Path) -> None:
    made = issue(job(2), PROFILE, "en", None, tmp_path / "x.pdf", NOW)
    assert (made.draft, made.fingerprint) == ((Draft.UNSIGNED,), "")
    assert verify.examine(tmp_path / "x.pdf").outcome is Outcome.NOT_OURS
    assert "DRAFT" in text_of((tmp_path / "x.pdf").read_bytes())


def expired(office: Office) -> Unlocked:
    old = replace(office.me.identity, not_after=NOW - timedelta(days=1))
    return replace(office.me, identity=old)


def test_an_expired_identity_signs_nothing_and_leaves_a_draft(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        issue(job(2), PROFILE, "sv", expired(office), tmp_path / "x.pdf", NOW)
    assert raised.value.code == "certificate.expired"
    report = verify.examine(tmp_path / "x.pdf", office.trust, NOW)
    assert report.reasons == (Reason.UNSIGNED,)
    assert report.content is not None
    assert report.content.draft == (Draft.EXPIRED,)


def test_a_clock_before_the_identity_signs_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        issue(job(2), PROFILE, "sv", office.me, tmp_path / "x.pdf", NOW - timedelta(days=400))
    assert raised.value.code == "certificate.clock-before-identity"
    assert not (tmp_path / "x.pdf").exists()


def test_a_full_disk_is_told_and_leaves_the_old_file(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "x.pdf"
    out.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(BadInput) as raised:
        issue(job(1), PROFILE, "sv", office.me, out, NOW)
    assert raised.value.code == "input.unwritable"
    assert "space" in str(raised.value.values["cause"])
    assert out.read_bytes() == b"old"


def test_a_folder_that_cannot_be_written_is_told(office: Office) -> None:
    with pytest.raises(BadInput) as raised:
        issue(job(1), PROFILE, "sv", office.me, Path("/proc/x.pdf"), NOW)
    assert raised.value.code == "input.unwritable"


def test_a_disk_that_spoils_the_file_hands_out_no_paper(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write
    (tmp_path / "x.pdf").write_bytes(b"old")
    monkeypatch.setattr(issuing.files, "write", lambda path, data, **more: write(path, data[:-1] + b"x", **more))
    with pytest.raises(BadInput) as raised:
        issue(job(1), PROFILE, "sv", office.me, tmp_path / "x.pdf", NOW)
    assert raised.value.code == "certificate.not-verified"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x.pdf", b"old")]


def test_a_signer_that_signs_nonsense_hands_out_no_paper(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "sign", lambda pdf, *_: pdf)
    with pytest.raises(BadInput) as raised:
        issue(job(1), PROFILE, "sv", office.me, tmp_path / "x.pdf", NOW)
    assert raised.value.code == "certificate.not-verified"


def test_the_signer_is_the_jobs_installer() -> None:
    assert holder_of(job(1)).common_name == "Åsa Björkqvist-Ødegård"
    assert holder_of(job(1, demo="garage")).common_name == "DEMO Åsa Björkqvist-Ødegård"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_file_names_are_plain(language: str) -> None:
    name = file_name("C7F3-9K2M-41QX", language)
    assert name.isascii()
    assert name.endswith("-C7F3-9K2M-41QX.pdf")


def test_poppler_agrees_with_what_was_issued(office: Office, tmp_path: Path) -> None:
    issue(job(60), PROFILE, "nb", office.me, tmp_path / "x.pdf", NOW)
    said = subprocess.run(["pdfsig", "-nocert", tmp_path / "x.pdf"], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_the_renderer_is_named_in_the_data(office: Office, tmp_path: Path) -> None:
    issue(job(1), PROFILE, "sv", office.me, tmp_path / "x.pdf", NOW)
    report = verify.examine(tmp_path / "x.pdf")
    assert report.content is not None
    assert report.content.renderer == layout.renderer("sv")
