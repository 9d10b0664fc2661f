"""Lists of stations as people have them: copied from a spreadsheet, saved as CSV, or typed."""

from __future__ import annotations

import pytest

from installer_gui import i18n
from installer_gui.domain.job import Connection, Station
from installer_gui.errors import BadInput
from installer_gui.session import station_list
from installer_gui.session.station_list import Fault, parse
from installer_gui.session.stations import MOST

HEADERS = {
    "sv": "Laddstation\tPlats\tSerienummer\tKrets\tMAC-adress\tAnslutning",
    "nb": "Ladestasjon\tPlassering\tSerienr.\tKurs\tMAC-adresse\tTilkobling",
    "en": "Name\tLocation\tSerial number\tCircuit\tMAC\tConnection type",
}
WORDS = {"sv": "Mobilnät", "nb": "Mobilnett", "en": "4G"}


def test_a_list_from_a_spreadsheet_is_read_line_by_line() -> None:
    pasted = parse("A1\tgarage, left wall\tZPR012345\n\nA2;;zpr012346\nA3, by the gate\n")
    assert pasted.stations == (
        Station("A1", "garage, left wall", "ZPR012345"),
        Station("A2", "", "ZPR012346"),
        Station("A3", "by the gate"),
    )
    assert pasted.faulty == ()


@pytest.mark.parametrize("language", HEADERS)
@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_column_names_are_recognised_in_every_language(language: str, separator: str) -> None:
    rows = f"{HEADERS[language]}\nA1\tgarage\tZPR000001\tF3\t601592400001\t{WORDS[language]}\n\tgate\t\t\t\tPLC"
    assert parse(rows.replace("\t", separator)).stations == (
        Station("A1", "garage", "ZPR000001", "60:15:92:40:00:01", Connection.LTE_M, "F3"),
        Station("A2", "gate", connection=Connection.PLC),
    )


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("connection", Connection)
def test_the_programs_own_names_of_connections_are_understood(language: str, connection: Connection) -> None:
    assert station_list.connection_of(i18n.load(language).of("connection", connection)) is connection


def test_columns_may_stand_in_any_order_and_unknown_ones_are_kept() -> None:
    (made,) = parse("Serienummer;Säkring;Färg;Namn\nZPR000001;16 A;röd;A1").stations
    assert made == Station("A1", "röd", "ZPR000001", circuit="16 A")


def test_a_list_of_one_named_column_is_a_list_of_names() -> None:
    assert [s.id for s in parse("Namn\nNorr\nSöder").stations] == ["Norr", "Söder"]


def test_without_column_names_cells_are_known_by_their_form() -> None:
    assert parse("B1;60-15-92-40-00-02;plc;ZPR000002;by the gate").stations == (
        Station("B1", "by the gate", "ZPR000002", "60:15:92:40:00:02", Connection.PLC),
    )


def test_a_list_of_serial_numbers_alone_gets_names() -> None:
    assert parse("ZPR000001\nZPR000002").stations == (Station("A1", "", "ZPR000001"), Station("A2", "", "ZPR000002"))


def test_a_given_name_does_not_take_one_that_stands_further_down() -> None:
    assert [s.id for s in parse("ZPR000001\nA1\nZPR000002").stations] == ["A2", "A1", "A3"]


def test_a_name_that_stands_twice_is_told_and_no_station_is_lost() -> None:
    pasted = parse("A1;first\nA2\nA1;second")
    assert [(s.id, s.place) for s in pasted.stations] == [("A1", "first"), ("A2", ""), ("A1 (2)", "second")]
    assert pasted.repeated == ("A1",)
    assert [(row.line, row.faults) for row in pasted.faulty] == [(3, (Fault.SAME_NAME,))]


def test_what_cannot_be_understood_is_kept_and_told_at_its_row() -> None:
    (row,) = parse("Name;MAC;Connection\nA1;zz;pigeon").rows
    assert row.faults == (Fault.BAD_MAC, Fault.NO_CONNECTION)
    assert row.station == Station("A1", "zz, pigeon")


def test_cells_in_quotes_hold_separators_and_line_ends() -> None:
    assert parse('A1;"left; by ""the"" gate";ZPR000001\nA2;"two\nlines"').stations == (
        Station("A1", 'left; by "the" gate', "ZPR000001"),
        Station("A2", "two lines"),
    )


@pytest.mark.parametrize("text", ['12" wall;x\nA2', 'A1;"never closed\nA2\nA3\nA4\nA5\nA6\nA7'])
def test_a_quote_that_is_never_closed_takes_no_rows_with_it(text: str) -> None:
    assert len(parse(text).stations) == text.count("\n") + 1


def test_control_and_direction_characters_do_not_get_into_a_name() -> None:
    assert parse("A\u202e1\x07;pl\u0000ats").stations == (Station("A1", "plats"),)


def test_five_hundred_rows_are_read_and_more_than_a_job_holds_are_told() -> None:
    rows = [f"P{n};level {n % 5};ZPR{n:06d}" for n in range(MOST + 1)]
    assert len(parse("\n".join(rows[:500])).stations) == 500
    over = parse("\n".join(rows))
    assert len(over.stations) == MOST
    assert [row.faults for row in over.faulty] == [(Fault.TOO_MANY,)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_in_the_letters_that_spreadsheets_write(encoding: str) -> None:
    assert parse(station_list.read("Namn\nGårdsplan".encode(encoding), "x.csv")).stations == (Station("Gårdsplan"),)


def test_a_spreadsheets_own_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadInput, match="spreadsheet"):
        station_list.read(b"PK\x03\x04rest", "x.xlsx")


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe", b"\xff\xfea", bytes(range(256)) * 3, b'"' * 99, b";;;\n,,,\n\t"])
def test_rubbish_gives_a_list_and_no_fault_of_ours(raw: bytes) -> None:
    assert parse(station_list.read(raw, "x")).rows is not None


KNOWN = (Station("A1", "garage", "ZPR000001", "60:15:92:40:00:01", circuit="F3"), Station("A2"))


def test_what_a_list_leaves_open_stays_known() -> None:
    assert station_list.merged(KNOWN, (Station("A1", "new place"),)) == (
        Station("A1", "new place", "ZPR000001", "60:15:92:40:00:01", circuit="F3"),
    )


def test_adding_a_list_keeps_every_station() -> None:
    made = station_list.added(KNOWN, (Station("B1"), Station("A2", "gate")))
    assert made == (KNOWN[0], Station("A2", "gate"), Station("B1"))
