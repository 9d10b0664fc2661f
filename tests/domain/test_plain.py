"""Jobs and profiles come from disks and strangers: whatever they hold, it is read exactly or refused by its key."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.domain.finding import Finding, Quantity, Series, Subject
from installer_gui.domain.job import Connection, Job, Note
from installer_gui.domain.outcome import Broken, Measured, NotApplicable, NotMeasured, Outcome
from installer_gui.domain.plain import Mismatch, from_plain, to_plain
from installer_gui.domain.profile import Limit
from installer_gui.domain.record import Record

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
numbers = st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
values = (
    st.builds(Quantity, numbers, texts)
    | st.builds(Series, st.lists(st.none() | numbers, max_size=3).map(tuple), texts)
    | texts
    | st.lists(texts, max_size=3).map(tuple)
)
findings = st.builds(Finding, texts, st.builds(Subject, texts, texts), st.dictionaries(texts, values, max_size=3))
outcomes: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Measured, st.lists(findings, max_size=2).map(tuple)),
    st.builds(NotMeasured, texts, texts, st.lists(findings, max_size=1).map(tuple)),
    st.builds(NotApplicable, texts),
    st.builds(Broken, texts),
)
moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC))
records = st.builds(Record, texts, moments, st.floats(0, 1e6), outcomes, outdated=st.booleans())
notes = st.builds(Note, st.builds(Subject, texts, texts), texts, texts, due=st.none() | st.dates())
jobs = st.builds(
    Job,
    texts,
    moments,
    texts,
    connection=st.none() | st.sampled_from(Connection),
    records=st.lists(records, max_size=2).map(tuple),
    notes=st.lists(notes, max_size=2).map(tuple),
)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


@given(jobs)
def test_a_job_comes_back_from_json_as_it_was(job: Job) -> None:
    assert from_plain(Job, json.loads(json.dumps(to_plain(job)))) == job


@given(anything)
def test_data_of_any_other_shape_are_refused_and_nothing_else_happens(data: object) -> None:
    with pytest.raises(Mismatch):
        from_plain(Job, data)


@given(jobs, st.data())
def test_one_wrong_value_anywhere_is_refused_or_read(job: Job, data: st.DataObject) -> None:
    plain = json.loads(json.dumps(to_plain(job)))
    place = plain
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if data.draw(st.booleans()) or not isinstance(place[key], dict | list):
            place[key] = data.draw(anything)
            break
        place = place[key]
    try:
        read = from_plain(Job, plain)
    except Mismatch:
        return
    assert from_plain(Job, json.loads(json.dumps(to_plain(read)))) == read


@pytest.mark.parametrize(
    ("outcome", "plain"),
    [
        (Measured(()), {"findings": []}),
        (NotMeasured("timeout"), {"reason": "timeout", "detail": "", "findings": []}),
        (NotApplicable("dhcp-server"), {"because": "dhcp-server"}),
        (Broken("1f"), {"error_id": "1f"}),
    ],
)
def test_every_outcome_is_told_by_its_own_shape(outcome: Outcome, plain: object) -> None:
    record = {"check": "x", "started": "2026-11-22T14:05:31+01:00", "duration_s": 1, "outcome": plain}
    assert to_plain(outcome) == plain
    assert from_plain(Record, record).outcome == outcome


def _plain_job() -> dict[str, object]:
    job = Job(
        "1", datetime(2026, 11, 22, tzinfo=UTC), "zaptec-pro", notes=(Note(Subject("site"), due=date(2026, 12, 1)),)
    )
    plain: dict[str, object] = to_plain(job)
    return plain


@pytest.mark.parametrize(
    ("path", "value", "key", "expected"),
    [
        (("site", "name"), 7, "site.name", "text"),
        (("site", "nmae"), "x", "site.nmae", "no such key"),
        (("site",), [], "site", "a table"),
        (("stations",), {}, "stations", "a list"),
        (("stations",), [{}], "stations[0].id", "a value"),
        (("stations",), ["A1"], "stations[0]", "a table"),
        (("revision",), 1.0, "revision", "a whole number"),
        (("revision",), True, "revision", "a whole number"),
        (("revision",), 10**400, "revision", "a whole number"),
        (("created",), "2026-11-22T14:05:31", "created", "a time with its zone"),
        (("created",), "yesterday", "created", "a time with its zone"),
        (("created",), "0001-01-01T00:00:00+14:00", "created", "a time with its zone"),
        (("created",), "9999-12-31T23:59:59-12:00", "created", "a time with its zone"),
        (("connection",), "pigeon", "connection", "one of wifi, plc, lte-m, ethernet"),
        (("connection",), [], "connection", "one of wifi, plc, lte-m, ethernet or nothing"),
        (("ssid",), "half \ud83d", "ssid", "text"),
        (("notes", 0, "due"), "2026-02-30", "notes[0].due", "a date"),
        (("notes", 0, "due"), 5, "notes[0].due", "a date or nothing"),
    ],
)
def test_a_mismatch_names_the_key_and_what_belongs_there(
    path: tuple[str | int, ...], value: object, key: str, expected: str
) -> None:
    plain: object = _plain_job()
    place: object = plain
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]  # plain data are objects here
    place[path[-1]] = value  # type: ignore[index]  # as above
    with pytest.raises(Mismatch) as caught:
        from_plain(Job, plain)
    assert (caught.value.key, caught.value.expected) == (key, expected)


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity"])
def test_what_json_lets_through_as_a_number_but_is_none_is_refused(literal: str) -> None:
    with pytest.raises(Mismatch):
        from_plain(Quantity, json.loads(f'{{"value": {literal}, "unit": "dBm"}}'))


def test_a_whole_number_may_stand_for_a_broken_one_also_where_it_may_be_absent() -> None:
    limit = from_plain(Limit, {"better": "high", "passes": -70, "warns": -75, "unit": "dBm", "source": "s"})
    assert (limit.passes, limit.warns) == (-70.0, -75.0)


def test_whole_and_broken_numbers_of_a_quantity_keep_their_kind() -> None:
    whole, broken = from_plain(Quantity, {"value": 3, "unit": ""}), from_plain(Quantity, {"value": 3.0, "unit": ""})
    assert (type(whole.value), type(broken.value)) == (int, float)


def test_dates_that_toml_has_read_already_are_taken_as_they_are() -> None:
    assert from_plain(date, date(2026, 11, 25)) == date(2026, 11, 25)


def test_mappings_are_written_in_the_order_of_their_keys() -> None:
    assert list(to_plain({"b": 1, "a": 2})) == ["a", "b"]
