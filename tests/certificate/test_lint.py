"""Certificates of every size and kind keep to PDF/A-3a and PDF/UA-1, as far as can be seen without a validator."""

from __future__ import annotations

import pikepdf
import pytest

from installer_gui import i18n
from installer_gui.certificate.content import Draft, encode
from installer_gui.certificate.layout import render

from . import forge
from .conftest import Office
from .lint import faults
from .samples import content, hostile, job
from .test_layout import HOSTILE


@pytest.mark.parametrize(
    ("stations", "language"), [*((n, lang) for n in (1, 6, 60) for lang in i18n.LANGUAGES), (300, "nb")]
)
def test_signed_files_are_without_fault(office: Office, stations: int, language: str) -> None:
    assert faults(office.signed(job(stations, blocked=True), language)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_so_are_those_with_odd_names(office: Office, text: str) -> None:
    assert faults(office.signed(hostile(text))) == []


def test_so_is_an_unsigned_draft() -> None:
    made = content(job(2, skipped=True), draft=(Draft.INCOMPLETE, Draft.UNSIGNED))
    assert faults(render(made, encode(made))) == []


SPOILT = {
    "6.1.9": lambda data: data.replace(b"%%EOF\n", b"%%EOF", 1),
    "6.2.3": lambda data: forge.saved(data, lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "6.5": lambda data: forge.saved(data, lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Array())),
    "6.8": lambda data: forge.saved(data, lambda pdf: pdf.Root.__delitem__("/AF")),
    "6.7.2": lambda data: forge.saved(data, lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
    "UA 7.18.3": lambda data: forge.saved(data, lambda pdf: pdf.pages[0].__delitem__("/Tabs")),
}


@pytest.mark.parametrize("clause", SPOILT)
def test_a_fault_is_found(honest: bytes, clause: str) -> None:
    assert any(fault.startswith(clause) for fault in faults(SPOILT[clause](honest)))
