"""Drawings written as SVG."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from installer_gui.charts import channels
from installer_gui.charts.display_list import DisplayList, Dot, Hatch, Poly, Rect, Text
from installer_gui.charts.style import Style
from installer_gui.charts.svg import svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*names: str) -> DisplayList:
    return DisplayList(100, 50, tuple(Text(1, 2, name, 12, "#000000") for name in names))


def test_every_primitive_is_written() -> None:
    items = (
        Rect(1, 2, 3, 4, fill="#112233", alpha=0.5),
        Poly(((0, 0), (1, 1)), stroke="#445566", dash=(5, 3)),
        Text(1, 2, "Ä & <b>", 12, "#000000", bold=True),
        Dot(1, 2, 3, "#778899"),
        Hatch(0, 0, 20, 10, "#AABBCC"),
    )
    root = ET.fromstring(svg(DisplayList(100, 50, items)))
    assert [child.tag.removeprefix(SVG) for child in root] == ["rect", "polyline", "text", "circle", "path"]
    assert root[2].text == "Ä & <b>"


def test_the_same_list_gives_the_same_bytes_without_needless_digits() -> None:
    drawing = DisplayList(10, 10, (Dot(1 / 3, -0.0001, 2.50, "#000000"),))
    assert svg(drawing) == svg(drawing)
    assert b'cx="0.33" cy="0" r="2.5"' in svg(drawing)


def test_direction_marks_and_control_characters_of_a_name_do_no_harm() -> None:
    root = ET.fromstring(svg(drawn("\x00\x1b[31m", "a\u202eb", "\ud800", "🚗 ö", "\u2028")))
    assert [t.text for t in root] == ["��[31m", "a�b", "�", "🚗 ö", "\u2028"]


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_name_gives_well_formed_xml(name: str) -> None:
    root = ET.fromstring(svg(drawn(name), font='Noto Sans", <x>'))
    assert len(root) == 1


def test_hatching_stays_inside_its_rectangle() -> None:
    for hatch in (Hatch(10, 20, 50, 7, "#000000"), Hatch(10, 20, 7, 50, "#000000")):
        ends = [p for line in hatch.lines() for p in line]
        assert ends
        assert all(10 <= x <= 10 + hatch.width and 20 <= y <= 20 + hatch.height for x, y in ends)


def test_a_whole_chart_is_well_formed(style: Style) -> None:
    curve = channels.Curve('<&"\x07>', 6, 20, -60, own=True)
    labels = channels.Labels("Channel", "Limit", "12–13: not used")
    drawing = channels.chart([curve], (600, 250), channels.Rule(-75, 1, 11), labels, style)
    assert len(ET.fromstring(svg(drawing))) == len(drawing.items)
