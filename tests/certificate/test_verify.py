"""Honest files are accepted, hostile ones are answered: quickly, quietly and with no."""

from __future__ import annotations

import asyncio
import io
import os
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from installer_gui import i18n
from installer_gui.certificate import verify
from installer_gui.certificate.content import Content, Draft, encode
from installer_gui.certificate.layout import render
from installer_gui.certificate.pagetext import squeezed
from installer_gui.certificate.reasons import Outcome, Reason
from installer_gui.certificate.trust import EMPTY
from installer_gui.certificate.verify import Deep
from installer_gui.domain.job import Job
from installer_gui.domain.verdict import Verdict

from .conftest import Office
from .samples import NOW, anything, content, hostile, job
from .test_layout import HOSTILE


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("stations", [1, 6, 60, 300])
def test_honest_files_are_accepted_and_match_their_data(office: Office, language: str, stations: int) -> None:
    report = office.examine(office.signed(job(stations, blocked=True), language), deep=True)
    assert (report.outcome, report.reasons, report.deep) == (Outcome.VALID, (), Deep.MATCH)


@pytest.mark.parametrize("text", HOSTILE)
def test_honest_files_with_odd_names_are_accepted(office: Office, text: str) -> None:
    report = office.examine(office.signed(hostile(text)), deep=True)
    assert report.outcome is Outcome.VALID
    assert report.deep is Deep.MATCH


@pytest.mark.parametrize(
    "name", ["/JavaScript (/JS", "a)) >> endobj", "((", "\\", "/Encrypt", "EVC1:x", "stream\nendstream"]
)
def test_a_name_that_looks_like_pdf_is_only_a_name(office: Office, name: str) -> None:
    assert office.examine(office.signed(hostile(name)), deep=True).outcome is Outcome.VALID


@pytest.mark.parametrize("seed", range(24))
def test_honest_files_with_anything_in_them_are_accepted(office: Office, seed: int) -> None:
    language = i18n.LANGUAGES[seed % 3]
    made = office.content(anything(seed), language)
    if seed % 2:
        made = replace(made, tool=replace(made.tool, version="0.0.9"))
    report = office.examine(office.sign(made), deep=True)
    assert (report.outcome, report.deep) == (Outcome.VALID, Deep.MATCH)


def test_a_file_whose_signer_is_not_on_the_list_is_intact_and_untrusted(honest: bytes) -> None:
    report = verify.examine_bytes(honest, EMPTY, NOW)
    assert report.outcome is Outcome.UNTRUSTED
    assert report.reasons == (Reason.UNKNOWN_SIGNER,)
    assert report.signer is not None
    assert report.signer.name == "Åsa Björkqvist-Ødegård"


def test_what_is_shown_comes_from_the_certificate_and_the_data(office: Office, honest: bytes) -> None:
    report = office.examine(honest)
    assert report.signer is not None
    assert report.content is not None
    assert report.signer.fingerprint == office.me.identity.fingerprint
    assert report.content.issued.local == NOW
    assert len(report.sha256) == 64


def test_an_expired_signer_without_proof_of_time_is_untrusted(office: Office, honest: bytes) -> None:
    later = NOW + timedelta(days=4 * 365)
    report = verify.examine_bytes(honest, office.trust, later)
    assert report.outcome is Outcome.UNTRUSTED
    assert report.reasons == (Reason.NO_PROOF_OF_TIME,)


def test_a_date_outside_the_certificates_time_is_untrusted(office: Office) -> None:
    from installer_gui.certificate.collect import moment

    made = replace(office.content(job(1)), issued=moment(NOW - timedelta(days=30)))
    report = office.examine(office.sign(made))
    assert report.reasons == (Reason.OUTSIDE_VALIDITY,)


def test_a_partial_job_is_intact_and_says_that_it_is_a_draft(office: Office) -> None:
    report = office.examine(office.signed(job(2, skipped=True)))
    assert report.outcome is Outcome.VALID
    assert report.reasons == (Reason.INCOMPLETE,)


def test_an_unsigned_draft_is_not_accepted_but_its_data_are_known() -> None:
    made = content(job(2), draft=(Draft.UNSIGNED,))
    report = verify.examine_bytes(render(made, encode(made)), EMPTY, NOW)
    assert (report.outcome, report.reasons) == (Outcome.NOT_OURS, (Reason.UNSIGNED,))
    assert report.content == made


def by_another_version(office: Office, made: Job) -> Content:
    plain = office.content(made)
    return replace(plain, tool=replace(plain.tool, version="0.0.9"))


def test_of_another_versions_pages_the_text_is_compared_and_that_is_said(office: Office) -> None:
    report = office.examine(office.sign(by_another_version(office, job(60))), deep=True)
    assert (report.outcome, report.deep) == (Outcome.VALID, Deep.MATCH)
    assert report.reasons == (Reason.TEXT_ONLY,)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: replace(c, site=replace(c.site, name="Brf Annanstans")),
        lambda c: replace(c, verdict=Verdict.PASSED),
        lambda c: replace(c, stations=(*c.stations, replace(c.stations[0], id="Z99"))),
        lambda c: replace(c, rows=tuple(replace(r, findings=()) if r.check == "wifi-signal" else r for r in c.rows)),
    ],
)
def test_of_another_versions_pages_what_matters_is_found_missing(
    office: Office, change: Callable[[Content], Content]
) -> None:
    made = by_another_version(office, job(3, blocked=True))
    raw = encode(made)
    shown = change(made)
    forged = office.sign(made, raw, render(shown, raw))
    if shown.stations != made.stations:  # the pages show more than the data: only drawing again would find that
        made, raw = shown, encode(shown)
        forged = office.sign(made, raw, render(by_another_version(office, job(3, blocked=True)), raw))
    report = office.examine(forged, deep=True)
    assert (report.outcome, report.deep) == (Outcome.INVALID, Deep.DIFFERS)


def test_the_words_are_read_back_from_the_pages(office: Office) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader

    from installer_gui.certificate import pagetext

    for name in ("Brf Sjöstjärnan", "a (b) \\c", "Sáhpmelaš ŋ − ≤ ½ fi", "x" * 200):
        pdf = render(made := content(hostile(name)), encode(made))
        text = "".join(pagetext.texts(PdfFileReader(io.BytesIO(pdf))))
        assert squeezed(name)[:70] in text


def bomb() -> bytes:
    """A PDF whose object stream inflates to 600 MB."""
    import zlib

    squeezer = zlib.compressobj(9)
    packed = b"".join(squeezer.compress(bytes(2**20)) for _ in range(600)) + squeezer.flush()
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    return head + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def other_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


NOT_OURS = {
    "empty": (b"", Reason.EMPTY),
    "noise": (os.urandom(200_000), Reason.NOT_PDF),
    "text": (b"hello", Reason.NOT_PDF),
    "only a head": (b"%PDF-1.7\n", Reason.OTHER_PDF),
    "another pdf": (other_pdf(), Reason.OTHER_PDF),
    "too large": (bytes(verify.LARGEST + 1), Reason.TOO_LARGE),
    "a bomb": (bomb(), Reason.OTHER_PDF),
    "deeply nested": (b"%PDF-1.7\n1 0 obj\n" + b"[" * 1_000_000, Reason.OTHER_PDF),
    "a loop of tables": (b"%PDF-1.7\nxref\n0 0\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF\n", Reason.OTHER_PDF),
    "brackets without end": (b"%PDF-1.7\n%\x80\x80\x80\x80\n\n" + b"((((" * 500_000, Reason.OTHER_PDF),
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_whatever_is_not_ours_is_told_apart_at_once_and_in_little_memory(name: str) -> None:
    data, reason = NOT_OURS[name]
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    report = verify.examine_bytes(data)
    assert (report.outcome, report.reasons) == (Outcome.NOT_OURS, (reason,))
    assert time.monotonic() - started < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


def test_random_files_with_our_marks_never_pass_and_never_raise(office: Office, honest: bytes) -> None:
    import random

    chance = random.Random(7)
    for _ in range(60):
        pieces = [honest[a : a + chance.randrange(4000)] for a in chance.sample(range(len(honest)), 12)]
        mixed = b"%PDF-1.7\n" + b"".join(pieces) + b"/InstallerSignature" + honest[-300:]
        assert office.examine(mixed).outcome in (Outcome.INVALID, Outcome.NOT_OURS)


@pytest.mark.parametrize(
    "make", [lambda p: p / "none.pdf", lambda p: p, lambda p: Path("/dev/null"), lambda p: Path("a\x00b")]
)
def test_what_is_no_file_is_unreadable(tmp_path: Path, make: object) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    assert verify.examine(path).reasons == (Reason.UNREADABLE,)


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert verify.examine(tmp_path / "pipe.pdf").outcome is Outcome.NOT_OURS


def test_verifying_works_while_an_event_loop_is_running(office: Office, honest: bytes) -> None:
    async def inside() -> verify.Report:
        return office.examine(honest)

    assert asyncio.run(inside()).outcome is Outcome.VALID


def test_a_bug_in_the_verifier_is_never_taken_for_valid(
    office: Office, honest: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_parts", "_decode", "_signed_by", "_check_codes", "_stamp", "_remarks"):
        with monkeypatch.context() as patch:
            patch.setattr(verify, name, lambda *_: 1 // 0)
            assert office.examine(honest).outcome is Outcome.INVALID


def test_every_reason_has_words_in_every_language() -> None:
    for language in i18n.LANGUAGES:
        words = i18n.load(language)
        assert all(words.has("verify", "reason", reason.value) for reason in Reason)
        assert all(words.has("verify", "outcome", outcome.value) for outcome in Outcome)
