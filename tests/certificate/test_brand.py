"""A distributor's logo, colour and support on the paper, and what a key holder would like to show as a logo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from installer_gui import i18n
from installer_gui.certificate import appearance, widget
from installer_gui.certificate.content import Content, encode
from installer_gui.certificate.layout import render
from installer_gui.certificate.reasons import Deep, Outcome
from installer_gui.domain.brand import Brand

from ..domain.test_brand import GOOD, LOGO
from .conftest import Office
from .lint import faults
from .samples import job
from .test_layout import text_of


def branded(office: Office, brand: Brand, language: str = "sv") -> Content:
    plain = office.content(job(6), language)
    return replace(plain, profile=replace(plain.profile, brand=brand))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_distributors_paper_is_as_good_as_any(office: Office, language: str) -> None:
    data = office.sign(branded(office, GOOD, language))
    report = office.examine(data, deep=True)
    assert (report.outcome, report.deep, faults(data)) == (Outcome.VALID, Deep.MATCH, [])
    assert "Laddgrossisten AB, 010-123 45 67" in " ".join(text_of(data).split())


def test_colour_and_logo_are_drawn(office: Office) -> None:
    def pages(brand: Brand) -> bytes:
        made = branded(office, brand)
        return render(made, encode(replace(made, profile=replace(made.profile, brand=None))))

    plain = replace(GOOD, colour="", logo="")
    assert len({pages(plain), pages(replace(plain, colour="#7A1F5C")), pages(replace(plain, logo=LOGO))}) == 3


def test_the_name_in_the_signatures_frame_has_the_distributors_colour(office: Office) -> None:
    one, other = (appearance.of(branded(office, replace(GOOD, colour=colour))) for colour in ("#7A1F5C", ""))
    assert (one.lines, one.colour, other.colour) == (other.lines, "#7A1F5C", "")
    assert widget.draw(one.lines, one.colour) != widget.draw(other.lines, other.colour)


@pytest.mark.parametrize("wrong", [{"colour": "red"}, {"logo": LOGO.replace("<circle", "<image")}])
def test_data_with_what_no_profile_could_have_are_refused(office: Office, wrong: dict[str, str]) -> None:
    made = branded(office, replace(GOOD, **wrong))
    pages = render(branded(office, GOOD), encode(made))
    report = office.examine(office.sign(made, encode(made), pages), deep=True)
    assert report.outcome is Outcome.INVALID
