"""The result code: everything that it can say comes back, and nothing else is ever understood."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui import checks, profiles
from installer_gui.domain.finding import Finding
from installer_gui.domain.job import Connection
from installer_gui.domain.outcome import Broken, Measured, NotApplicable, NotMeasured
from installer_gui.domain.verdict import State, Verdict
from installer_gui.errors import BadInput, NotOurs
from installer_gui.profiles.faults import GROUPS
from installer_gui.session import jobs as jobs_of
from installer_gui.session import stations
from installer_gui.support import code_layout, result_code, symbols
from installer_gui.support.result_code import LENGTH, Matrix, decode, encode

from .jobs import PROFILE, at_endpoint, job, level, record, seen

NEWEST = code_layout.of(PROFILE)
CONNECTIONS = (None, *Connection)


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    layout, connection = draw(st.sampled_from(code_layout.layouts())), draw(st.sampled_from(CONNECTIONS))
    states = {check: draw(st.sampled_from(State)) for check in layout.checks(connection)}
    verdict, demo, beyond = draw(st.sampled_from(Verdict)), draw(st.booleans()), draw(st.booleans())
    total = draw(st.integers(0, stations.MOST))
    return Matrix(layout, connection, verdict, demo, beyond, states, total, draw(st.integers(0, total)))


def code_of(made: object) -> Matrix:
    return result_code.matrix(made, jobs_of.judged(made, PROFILE), PROFILE)  # type: ignore[arg-type]


@given(matrices())
def test_whatever_can_be_said_is_understood(matrix: Matrix) -> None:
    said = encode(matrix)
    assert decode(said) == matrix
    assert len(said.replace("-", "")) == LENGTH <= 20
    assert all(len(group) == 4 for group in said.split("-"))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("connection", CONNECTIONS)
def test_every_state_of_every_check_comes_back(connection: Connection | None, state: State) -> None:
    healthy = code_of(replace(job(), connection=connection))
    for check in NEWEST.checks(connection):
        changed = replace(healthy, states={**healthy.states, check: state})
        assert decode(encode(changed)) == changed


@given(matrices(), st.data())
def test_one_wrong_character_or_two_that_changed_places_are_refused(matrix: Matrix, data: st.DataObject) -> None:
    said = symbols.heard(encode(matrix))
    place = data.draw(st.integers(0, LENGTH - 2))
    wrong = list(said)
    wrong[place] ^= data.draw(st.integers(1, 31))
    swapped = list(said)
    swapped[place], swapped[place + 1] = said[place + 1], said[place]
    for heard in (wrong, swapped):
        if tuple(heard) != said:
            with pytest.raises(BadInput, match=r"code\.misheard"):
                decode(symbols.spoken(heard))


@given(st.lists(st.integers(0, 31), min_size=LENGTH - 2, max_size=LENGTH - 2).map(symbols.with_check))
def test_a_word_that_is_whole_is_understood_exactly_or_refused(word: tuple[int, ...]) -> None:
    try:
        matrix = decode(symbols.spoken(word))
    except BadInput:
        return
    assert symbols.heard(encode(matrix)) == word


@given(st.text(max_size=60))
def test_anything_else_is_one_sentence(text: str) -> None:
    with pytest.raises(BadInput):
        decode(text)


@pytest.mark.parametrize("length", [0, 1, 4, 16, 19, 21, 24, 28, 1000])
def test_a_code_that_lacks_or_repeats_something_is_told_by_its_length(length: int) -> None:
    said = (encode(code_of(job())).replace("-", "") * 60)[:length]
    with pytest.raises(BadInput, match=r"code\.length"):
        decode(said)


@pytest.mark.parametrize("length", [8, 16, 20, 24, 28])
def test_a_code_of_a_newer_version_says_so_whatever_its_length(length: int) -> None:
    newer = max(layout.number for layout in code_layout.layouts()) + 1
    word = symbols.with_check([newer, *range(length - 3)])
    with pytest.raises(NotOurs, match=r"code\.newer"):
        decode(symbols.spoken(word))


def test_a_mistake_in_the_version_is_a_mistake_and_no_newer_version() -> None:
    said = encode(code_of(job()))
    with pytest.raises(BadInput, match=r"code\.misheard"):
        decode("Z" + said[1:])


def test_a_job_is_said_as_it_stands() -> None:
    made = job(4, {"mqtt-hub": at_endpoint("tcp.dropped")}, [level("A2", -73), level("A3", -81)])
    matrix = code_of(made)
    assert (matrix.verdict, matrix.connection, matrix.demo) == (Verdict.FAILED, Connection.WIFI, False)
    assert (matrix.stations, matrix.clean) == (4, 2)
    assert matrix.states["mqtt-hub"] is State.FAIL
    assert matrix.states["dns-lan"] is State.PASS
    assert matrix.states["wifi-signal"] is State.FAIL
    assert matrix.states["station-online"] is State.PASS


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (seen("names.unresolved"), State.FAIL),
        (seen("names.silent"), State.WARN),
        (seen("names.resolved"), State.PASS),
        (NotMeasured("timeout"), State.NOT_MEASURED),
        (Broken("deadbeef"), State.NOT_MEASURED),
        (NotApplicable("link-gateway"), State.NOT_APPLICABLE),
        (Measured((Finding("other.version"),)), State.NOT_MEASURED),
    ],
)
def test_every_way_in_which_a_check_can_end_is_said(outcome: Measured, state: State) -> None:
    assert decode(encode(code_of(job(changed={"dns-lan": outcome})))).states["dns-lan"] is state


@pytest.mark.parametrize(
    ("connection", "check", "state"),
    [
        (Connection.WIFI, "wifi-congestion", State.NOT_MEASURED),
        (Connection.WIFI, "wifi-channel-lock", State.NOT_MEASURED),
        (Connection.PLC, "plc-wiring", State.NOT_MEASURED),
        (Connection.ETHERNET, "computer-clock", State.NOT_MEASURED),
        (None, "station-online", State.NOT_MEASURED),
        (Connection.LTE_M, "lte-signal", State.NOT_MEASURED),
        (Connection.LTE_M, "dns-lan", State.NOT_APPLICABLE),
    ],
)
def test_what_was_never_run_is_not_tested_where_it_would_be(
    connection: Connection | None, check: str, state: State
) -> None:
    assert code_of(replace(job(), records=(), connection=connection)).states[check] is state


def test_a_fault_that_the_code_has_no_place_for_is_not_hidden() -> None:
    fault = record("plc-wiring", seen("plc.earth-bad", by="Åsa", at="2026-11-25 15:00"))
    assert not code_of(job()).beyond
    assert decode(encode(code_of(job(records=[fault])))).beyond
    assert not code_of(job(records=[replace(fault, outdated=True)])).beyond
    assert not code_of(replace(job(records=[fault]), connection=Connection.PLC)).beyond


def test_a_station_where_a_check_did_not_apply_is_no_proof_for_the_others() -> None:
    made = job(2, records=[record("wifi-signal", NotApplicable("wifi-network"), level("A1", -50).subject)])
    assert code_of(made).states["wifi-signal"] is State.NOT_MEASURED


@pytest.mark.parametrize("weak", [0, 1, 17])
@pytest.mark.parametrize("total", [0, 1, 200, 1000])
def test_every_station_is_counted(total: int, weak: int) -> None:
    made = job(total, records=[level(f"A{i + 1}", -90) for i in range(min(weak, total))])
    matrix = decode(encode(code_of(made)))
    assert (matrix.stations, matrix.clean) == (total, total - min(weak, total))


def test_more_stations_than_a_job_can_have_are_refused_at_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = replace(code_of(job()), stations=stations.MOST + 1, clean=0)
    with pytest.raises(BadInput, match=r"code\.too-many-stations"):
        encode(matrix)
    with monkeypatch.context() as patched:
        patched.setattr(result_code, "MOST", 2000)
        said = encode(matrix)
    with pytest.raises(BadInput, match=r"code\.misheard"):
        decode(said)


@pytest.mark.parametrize("connection", CONNECTIONS)
def test_there_is_room_for_as_many_stations_as_a_job_can_have(connection: Connection | None) -> None:
    for layout in code_layout.layouts():
        worst = dict.fromkeys(layout.checks(connection), State.NOT_APPLICABLE)
        full = Matrix(layout, connection, Verdict.INCOMPLETE, True, True, worst, stations.MOST, stations.MOST)
        assert decode(encode(full)) == full


def test_a_profile_without_a_layout_has_no_code() -> None:
    other = replace(PROFILE, id="elgross-pro")
    with pytest.raises(BadInput, match=r"code\.no-layout"):
        result_code.matrix(job(), jobs_of.judged(job(), other), other)


@pytest.mark.parametrize("name", profiles.available())
def test_every_profile_has_a_layout_with_all_its_checks(name: str) -> None:
    profile = profiles.load(name)
    layout = code_layout.of(profile)
    missing = {info.id for info in checks.infos(profile)} - {
        c for connection in CONNECTIONS for c in layout.checks(connection)
    }
    assert missing == set(), "enter in resources/codes.toml"


def test_layouts_have_numbers_of_their_own_that_one_character_can_say() -> None:
    numbers = [layout.number for layout in code_layout.layouts()]
    assert numbers == sorted(set(numbers))
    assert all(1 <= number < 32 for number in numbers)
    for layout in code_layout.layouts():
        assert set(layout.of) <= set(GROUPS)
        for connection in CONNECTIONS:
            assert len(set(layout.checks(connection))) == len(layout.checks(connection))


def test_what_fails_on_a_connection_of_some_stations_is_told_beside_the_usual_one() -> None:
    made = job()
    mixed = replace(made, stations=(*made.stations[:-1], replace(made.stations[-1], connection=Connection.PLC)))
    assert decode(encode(code_of(mixed))).beyond  # the worksheet and the station's pairing are open
    assert not code_of(made).beyond
