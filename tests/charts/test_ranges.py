"""The certificate's chart of all stations."""

from __future__ import annotations

from installer_gui.charts.display_list import DisplayList, Dot, Rect, Text
from installer_gui.charts.ranges import STATIONS_PER_STRIP, Figure, Labels, Row, figure
from installer_gui.charts.style import Style
from installer_gui.domain.finding import Severity
from installer_gui.domain.profile import Better, Limit

LIMIT = Limit(Better.HIGH, -70, "dBm", "requirements", -75)
LABELS = Labels("good −70", "limit −75", "P20", "not heard", "not measured")
GOOD = Row("A1", -64, -62, -60, -55, Severity.OK)


def draw(style: Style, *rows: Row) -> Figure:
    return figure(rows, 520, LIMIT, LABELS, style)


def fills(drawing: DisplayList, colour: str) -> list[Rect]:
    return [i for i in drawing.items if isinstance(i, Rect) and i.fill == colour]


def test_zones_meet_at_the_limits_of_the_profile(style: Style) -> None:
    (drawing,) = draw(style, GOOD).strips
    palette = style.palette
    (bad,), (near,), (good,) = (fills(drawing, c) for c in (palette.fail_bg, palette.warn_bg, palette.pass_bg))
    assert abs(bad.x + bad.width - near.x) < 1e-6
    assert abs(near.x + near.width - good.x) < 1e-6
    assert abs(near.width - 5 * (good.width / 40)) < 1e-6


def test_a_station_has_its_band_from_p20_to_the_median_and_its_dot_there(style: Style) -> None:
    (drawing,) = draw(style, GOOD).strips
    (band,) = fills(drawing, style.palette.pass_)
    (dot,) = (i for i in drawing.items if isinstance(i, Dot))
    assert abs(band.x + band.width - dot.x) < 1e-6
    assert dot.fill == style.palette.pass_
    assert "−62" in [i.text for i in drawing.items if isinstance(i, Text) and i.bold]


def test_a_percentile_on_a_missed_scan_reaches_to_the_edge(style: Style) -> None:
    (drawing,) = draw(style, Row("B2", -80, None, -78, -70, Severity.FAILURE)).strips
    (band,) = fills(drawing, style.palette.fail)
    (zone,) = fills(drawing, style.palette.fail_bg)
    assert band.x == zone.x


def test_not_heard_and_not_measured_are_said_apart(style: Style) -> None:
    silent = Row("C1", None, None, None, None, Severity.FAILURE)
    (drawing,) = draw(style, silent, Row("C2", None, None, None, None, None)).strips
    words = [i.text for i in drawing.items if isinstance(i, Text)]
    assert "not heard" in words
    assert "not measured" in words
    assert not [i for i in drawing.items if isinstance(i, Dot)]


def test_no_strip_is_long_and_no_station_is_lost(style: Style) -> None:
    rows = [Row(f"Space {i}", -64, -62, -60, -55, Severity.OK) for i in range(203)]
    strips = draw(style, *rows).strips
    names = [[i.text for i in f.items if isinstance(i, Text) and i.text.startswith("Space")] for f in strips]
    assert max(map(len, names)) == STATIONS_PER_STRIP
    assert [n for strip in names for n in strip] == [r.name for r in rows]


def test_strips_fit_below_each_other(style: Style) -> None:
    drawn = draw(style, *(Row(f"Space {i}", -64, -62, -60, -55, Severity.OK) for i in range(12)))
    zones = [fills(strip, style.palette.pass_bg)[0] for strip in drawn.strips]
    assert {(zone.x, zone.width, zone.y) for zone in zones} == {(zones[0].x, zones[0].width, 0)}
    assert [zone.height for zone in zones] == [strip.height for strip in drawn.strips]
    assert len({strip.width for strip in (drawn.head, *drawn.strips, drawn.foot)}) == 1


def test_limits_stand_in_the_head_and_the_scale_in_the_foot(style: Style) -> None:
    drawn = draw(style, GOOD)
    assert [i.text for i in drawn.head.items if isinstance(i, Text)] == ["P20", "good −70", "limit −75"]
    assert [i.text for i in drawn.foot.items if isinstance(i, Text)][:2] == ["−90", "−80"]
