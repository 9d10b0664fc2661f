"""Whatever is done to a signed certificate, it is never accepted afterwards."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from installer_gui.certificate import structure
from installer_gui.certificate.appearance import Appearance
from installer_gui.certificate.content import Draft, encode
from installer_gui.certificate.layout import render
from installer_gui.certificate.reasons import Outcome, Reason
from installer_gui.certificate.sign import sign
from installer_gui.certificate.verify import Deep

from . import forge
from .conftest import Office
from .samples import NOW, job

CHANGES = list(forge.without_key())
REFUSED = (Outcome.INVALID, Outcome.NOT_OURS)


def test_the_untouched_file_is_accepted(office: Office, honest: bytes) -> None:
    assert office.examine(honest, deep=True).outcome is Outcome.VALID


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=[name for name, _ in CHANGES])
def test_no_change_without_the_key_is_accepted(
    office: Office, honest: bytes, name: str, change: Callable[[bytes], bytes]
) -> None:
    altered = change(honest)
    assert altered != honest
    assert office.examine(altered).outcome in REFUSED


def test_one_changed_byte_anywhere_is_refused(office: Office, honest: bytes) -> None:
    chance = random.Random(20261125)
    update = structure.revisions(honest)[0].end
    places = [*chance.sample(range(update), 250), *chance.sample(range(update, len(honest)), 250)]
    for place in places:
        altered = bytearray(honest)
        altered[place] ^= 1 << chance.randrange(8)
        assert office.examine(bytes(altered)).outcome in REFUSED, place


def test_one_byte_more_or_less_anywhere_is_refused(office: Office, honest: bytes) -> None:
    chance = random.Random(20261126)
    for place in chance.sample(range(len(honest)), 120):
        more = honest[:place] + bytes([chance.randrange(256)]) + honest[place:]
        less = honest[:place] + honest[place + 1 :]
        assert office.examine(more).outcome in REFUSED, place
        assert office.examine(less).outcome in REFUSED, place


def test_every_digit_of_the_signature_counts(office: Office, honest: bytes) -> None:
    match = forge.HEX.search(honest)
    assert match is not None
    for place in range(match.start(), match.end(), 37):
        altered = bytearray(honest)
        altered[place] = ord("5") if altered[place] != ord("5") else ord("6")
        assert office.examine(bytes(altered)).outcome in REFUSED, place


def test_the_reason_tells_what_was_done(office: Office, honest: bytes) -> None:
    for name, reason in {
        "a line end more": Reason.APPENDED,
        "doubled": Reason.APPENDED,
        "a note": Reason.APPENDED,
        "signature cut off": Reason.UNSIGNED,
        "saved by another program": Reason.STRUCTURE,
        "an unsigned attribute": Reason.SIGNATURE,
        "another time": Reason.ALTERED,
    }.items():
        assert office.examine(dict(CHANGES)[name](honest)).reasons == (reason,), name


# ---- somebody with a key of their own


def test_pages_under_a_strangers_signature_are_refused(office: Office, honest: bytes) -> None:
    report = office.examine(forge.resigned(honest, office.stranger))
    assert report.outcome is Outcome.INVALID
    assert Reason.OTHER_SIGNER in report.reasons


def test_a_stranger_who_signs_in_their_own_name_is_unknown(office: Office) -> None:
    stranger = replace(office, me=office.stranger)
    report = office.examine(stranger.signed(job(2)))
    assert report.outcome is Outcome.UNTRUSTED
    assert Reason.UNKNOWN_SIGNER in report.reasons
    assert Reason.OTHER_NAME in report.reasons


def test_a_signer_who_looks_the_same_is_another(office: Office) -> None:
    from installer_gui.certificate import identity, issue
    from installer_gui.certificate.identity import Unlocked

    from .samples import NOW

    store = identity.Store(office.store.folder.parent / "twin", office.store.folder.parent / "twin-keys")
    twin = store.create(issue.holder_of(job(1)), NOW, "x")
    unlocked: Unlocked = store.unlock(twin, "x")
    assert (twin.name, twin.organisation) == (office.me.identity.name, office.me.identity.organisation)
    assert office.examine(replace(office, me=unlocked).signed(job(2))).outcome is Outcome.UNTRUSTED


# ---- the trusted key holder who cheats


def signed(office: Office, pages: bytes) -> bytes:
    return sign(pages, office.me, Appearance((office.me.identity.name,), "Underskrift", "Intyg"), NOW)


ROOT_ENTRIES = [
    b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
    b"/AA<</WC<</S/JavaScript/JS()>>>>",
    b"/OCProperties<</OCGs[]/D<<>>>>",
    b"/AcroForm<</Fields[]/NeedAppearances true>>",
    b"/AcroForm<</Fields[]/XFA[]>>",
    b"/Collection<<>>",
    b"/Requirements[]",
    b"/URI<</Base(http://example.org)>>",
    b"/PageMode/UseAttachments",
    b"/Open#41ction 1 0 R",
]


@pytest.mark.parametrize("entry", ROOT_ENTRIES)
def test_nothing_active_may_have_been_built_in(office: Office, honest: bytes, entry: bytes) -> None:
    pages = forge.pages_of(honest)
    spoilt = forge.patched(pages, forge.root_of(pages), lambda text: text[:-2] + entry + b">>")
    assert office.examine(signed(office, spoilt)).outcome is Outcome.INVALID


def test_patching_by_itself_is_not_what_is_refused(office: Office, honest: bytes) -> None:
    pages = forge.pages_of(honest)
    same = forge.patched(pages, forge.root_of(pages), lambda text: text)
    assert same == pages


def test_hidden_objects_that_could_be_shown_later_are_refused(office: Office, honest: bytes) -> None:
    pages = forge.pages_of(honest)
    free = max(map(int, re.findall(rb"\n(\d+) 0 obj\n", pages))) + 1
    extra = b"%d 0 obj\n<</Type/Page/MediaBox[0 0 595 842]>>\nendobj\n" % free
    spoilt = forge.patched(pages, forge.root_of(pages), lambda text: text, extra)
    assert office.examine(signed(office, spoilt)).reasons == (Reason.STRUCTURE,)


def test_a_note_that_lay_on_the_page_before_signing_is_refused(office: Office, honest: bytes) -> None:
    pages = forge.pages_of(honest)
    page = int(re.findall(rb"/Kids\[(\d+) 0 R", pages)[0])
    note = b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 1 1]>>]"
    spoilt = forge.patched(pages, page, lambda text: text[:-2] + note + b">>")
    assert office.examine(signed(office, spoilt)).outcome is Outcome.INVALID


def test_bytes_between_the_objects_are_refused(office: Office, honest: bytes) -> None:
    pages = forge.pages_of(honest)
    at = pages.index(b"3 0 obj\n")
    gap = forge.patched(pages[:at] + b"% hidden\n" + pages[at:], forge.root_of(pages), lambda text: text)
    assert office.examine(signed(office, gap)).outcome is Outcome.INVALID


def test_pages_written_by_another_program_are_refused(office: Office, honest: bytes) -> None:
    spoilt = forge.spoilt(forge.pages_of(honest), lambda pdf: None)
    assert office.examine(signed(office, spoilt)).outcome is Outcome.INVALID


def test_other_data_under_the_same_pages_are_refused(office: Office) -> None:
    made = office.content(job(3))
    raw = encode(replace(made, order_no="another"))
    pages = render(made, encode(made))
    assert len(raw) != len(encode(made))
    swapped = render(made, raw)
    # pages that carry other data but the first data's code
    code = re.findall(rb"EVC1:[^)]*", pages)[0]
    other = re.findall(rb"EVC1:[^)]*", swapped)[0]
    assert code != other
    report = office.examine(signed(office, swapped.replace(other, code)))
    assert report.reasons == (Reason.CHECKSUM,)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]", b"not json", b'{"schema":"driftklar.certificate/1"}', b"[" * 50_000],
)
def test_data_that_are_not_results_are_refused(office: Office, raw: bytes) -> None:
    made = office.content(job(1))
    assert office.examine(office.sign(made, raw)).reasons == (Reason.ATTACHMENT,)


def test_data_with_a_blank_more_are_refused(office: Office) -> None:
    made = office.content(job(1))
    assert office.examine(office.sign(made, encode(made) + b" ")).reasons == (Reason.ATTACHMENT,)


def test_a_draft_cannot_become_final_by_signing_it(office: Office) -> None:
    made = replace(office.content(job(1)), draft=(Draft.UNSIGNED,))
    assert Reason.OTHER_SIGNER in office.examine(office.sign(made)).reasons


def test_a_paper_made_for_nobody_cannot_be_signed_later(office: Office) -> None:
    made = office.content(job(1))
    nobody = replace(made, signer=None)
    forged = sign(render(nobody, encode(nobody)), office.me, Appearance(("Åsa",), "Underskrift", "Intyg"), NOW)
    assert office.examine(forged).outcome is Outcome.INVALID


def test_a_checksum_that_is_only_drawn_otherwise_is_found_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from installer_gui.certificate import front

    made = office.content(job(2))
    raw = encode(made)
    with monkeypatch.context() as patch:
        patch.setattr(front, "groups", lambda digits: "0000 " * 8)
        pages = render(made, raw)
    assert office.examine(office.sign(made, raw, pages)).reasons == (Reason.CHECKSUM,)


def test_only_drawing_again_finds_pages_that_differ_from_their_data(office: Office) -> None:
    made = office.content(job(3))
    raw = encode(made)
    forged = office.sign(made, raw, forge.other_pages(made, raw))
    assert office.examine(forged).outcome is Outcome.VALID
    deep = office.examine(forged, deep=True)
    assert (deep.outcome, deep.deep) == (Outcome.INVALID, Deep.DIFFERS)
    assert Reason.PAGES in deep.reasons


def test_a_removed_watermark_is_found_by_drawing_again(office: Office) -> None:
    made = office.content(job(2, skipped=True))
    assert made.draft == (Draft.INCOMPLETE,)
    raw = encode(made)
    forged = office.sign(made, raw, render(replace(made, draft=()), raw))
    assert office.examine(forged, deep=True).deep is Deep.DIFFERS


def test_a_bomb_in_the_attachment_does_no_harm(office: Office) -> None:
    import zlib

    made = office.content(job(1))
    pages = render(made, encode(made))
    squeezer = zlib.compressobj(9)
    bomb = b"".join(squeezer.compress(bytes(2**20)) for _ in range(600)) + squeezer.flush()
    number = int(re.findall(rb"/EF<</F (\d+) 0 R", pages)[0])
    old = re.search(rb"\n%d 0 obj\n(<<.*?>>)\nstream\n" % number, pages, re.DOTALL)
    assert old is not None
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(bomb), old[1])
    spoilt = forge.patched(pages, number, lambda _: head + b"\nstream\n" + bomb + b"\nendstream")
    assert office.examine(signed(office, spoilt)).reasons == (Reason.ATTACHMENT,)


def test_a_bomb_in_the_look_of_the_signature_does_no_harm(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key holder's own frame: a font that inflates to 600 MB."""
    import resource
    import zlib

    from installer_gui.certificate import widget

    squeezer = zlib.compressobj(9)
    bomb = b"".join(squeezer.compress(bytes(2**20)) for _ in range(600)) + squeezer.flush()
    draw = widget.draw

    def armed(lines: Sequence[str], colour: str) -> bytes:
        plain = draw(lines, colour)
        number = int(re.findall(rb"/FontFile3 (\d+) 0 R", plain)[0])
        head = re.findall(rb"\n%d 0 obj\n(<<.*?>>)\nstream\n" % number, plain, re.DOTALL)[0]
        head = re.sub(rb"/Length \d+", b"/Length %d" % len(bomb), head)
        return forge.patched(plain, number, lambda _: head + b"\nstream\n" + bomb + b"\nendstream")

    made = office.content(job(1))
    with monkeypatch.context() as patch:
        patch.setattr(widget, "draw", armed)
        forged = office.sign(made)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert office.examine(forged, deep=True).outcome is Outcome.INVALID
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB
