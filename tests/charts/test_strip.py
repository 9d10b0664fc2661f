"""The chart of the last minute."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from installer_gui.charts.display_list import DisplayList, Dot, Poly, Rect, Text
from installer_gui.charts.strip import Labels, Reading, chart
from installer_gui.charts.style import Style

LABELS = Labels("now")
STEADY: list[Reading] = [(float(ago), -60) for ago in range(60, -1, -2)]


def draw(style: Style, readings: Sequence[Reading], size: tuple[float, float] = (630, 190)) -> DisplayList:
    return chart(readings, size, -75, LABELS, style)


def lines(drawing: DisplayList, style: Style) -> list[Poly]:
    return [i for i in drawing.items if isinstance(i, Poly) and i.stroke == style.palette.accent]


def dots(drawing: DisplayList, radius: float = 5.0) -> list[Dot]:
    return [i for i in drawing.items if isinstance(i, Dot) and i.radius == radius]


def test_a_steady_signal_is_one_line_with_a_dot_at_now(style: Style) -> None:
    drawing = draw(style, STEADY)
    (line,) = lines(drawing, style)
    assert len(line.points) == len(STEADY)
    assert len({y for _, y in line.points}) == 1
    assert [(d.x, d.y) for d in dots(drawing)] == [line.points[-1]]


def test_a_missed_sweep_leaves_a_gap(style: Style) -> None:
    readings = [(ago, None if 20 < ago < 30 else dbm) for ago, dbm in STEADY]
    assert len(lines(draw(style, readings), style)) == 2


def test_a_pause_without_sweeps_leaves_a_gap_too(style: Style) -> None:
    readings = [(ago, dbm) for ago, dbm in STEADY if not 20 < ago < 40]
    assert len(lines(draw(style, readings), style)) == 2


def test_an_old_reading_or_a_missed_sweep_is_no_signal_now(style: Style) -> None:
    assert not dots(draw(style, [(20.0, -60), (9.0, -60)]))
    assert not dots(draw(style, [*STEADY, (0.0, None)]))
    assert not dots(draw(style, []))


def test_a_reading_between_two_gaps_is_still_seen(style: Style) -> None:
    drawing = draw(style, [(20.0, None), (18.0, -50), (16.0, None)])
    assert len(dots(drawing, 2.6)) == 1


def test_the_zone_under_the_limit_is_tinted_and_its_number_bold(style: Style) -> None:
    drawing = draw(style, STEADY)
    (zone,) = (i for i in drawing.items if isinstance(i, Rect) and i.fill == style.palette.fail_bg)
    (limit,) = (i for i in drawing.items if isinstance(i, Poly) and i.stroke == style.palette.fail)
    assert zone.y == limit.points[0][1]
    assert [i.text for i in drawing.items if isinstance(i, Text) and i.bold] == ["−75"]


def test_axis_numbers_keep_their_distance_at_any_height(style: Style) -> None:
    for height in (60, 90, 130, 190, 400):
        drawing = draw(style, STEADY, (500, height))
        axis = sorted(i.y for i in drawing.items if isinstance(i, Text) and i.anchor == "end" and i.x < 50)
        assert all(b - a >= style.size * 1.2 for a, b in itertools.pairwise(axis))


def test_readings_off_the_scale_are_drawn_at_its_edge(style: Style) -> None:
    drawing = draw(style, [(4.0, -20), (2.0, -110), (0.0, -60)])
    frame = drawing.items[0]
    assert isinstance(frame, Rect)
    (line,) = lines(drawing, style)
    assert all(frame.y <= y <= frame.y + frame.height for _, y in line.points)
