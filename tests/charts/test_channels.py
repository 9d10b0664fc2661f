"""The channel chart's geometry."""

from __future__ import annotations

import random
import time
from typing import Protocol

import pytest

from installer_gui.charts import channels
from installer_gui.charts.channels import Curve, Labels, Rule, chart
from installer_gui.charts.display_list import DisplayList, Hatch, Poly, Rect, Text
from installer_gui.charts.style import Style, overlap

SIZE = (630.0, 290.0)
RULE = Rule(-75, 1, 11)
LABELS = Labels("Channel (2.4 GHz)", "Limit −75 dBm", "12–13: not used by the station")
OWN = Curve("LADD-GARAGE", 6, 20, -73, own=True)


class Draw(Protocol):
    def __call__(self, *curves: Curve, size: tuple[float, float] = SIZE, rule: Rule = RULE) -> DisplayList: ...


@pytest.fixture
def draw(style: Style) -> Draw:
    def made(*curves: Curve, size: tuple[float, float] = SIZE, rule: Rule = RULE) -> DisplayList:
        return chart(curves, size, rule, LABELS, style)

    return made


def arches(drawing: DisplayList) -> list[Poly]:
    return [i for i in drawing.items if isinstance(i, Poly) and i.fill]


def texts(drawing: DisplayList) -> dict[str, Text]:
    return {i.text: i for i in drawing.items if isinstance(i, Text)}


def x_of(drawing: DisplayList, channel: int) -> float:
    return texts(drawing)[str(channel)].x


def many(n: int, seed: int = 1) -> list[Curve]:
    rng = random.Random(seed)
    names = [f"Net {rng.randrange(10 ** rng.randrange(1, 20))}" for _ in range(n)]
    return [Curve(name, rng.randint(1, 13), 20, rng.randint(-95, -35)) for name in names]


def label_boxes(drawing: DisplayList) -> list[Rect]:
    return [i for i in drawing.items if isinstance(i, Rect) and i.alpha == 0.85]


def test_a_parabola_stands_on_its_channel_as_wide_as_the_band(draw: Draw) -> None:
    drawing = draw(OWN)
    (arch,) = arches(drawing)
    top = min(arch.points, key=lambda p: p[1])
    assert abs(top[0] - x_of(drawing, 6)) < 0.01
    assert abs(arch.points[0][0] - x_of(drawing, 4)) < 0.01
    assert abs(arch.points[-1][0] - x_of(drawing, 8)) < 0.01


def test_forty_megahertz_reaches_twice_as_far_around_the_middle_of_the_band(draw: Draw) -> None:
    drawing = draw(Curve("Wide", 8, 40, -60))
    (arch,) = arches(drawing)
    assert abs(arch.points[0][0] - x_of(drawing, 4)) < 0.01
    assert abs(arch.points[-1][0] - x_of(drawing, 12)) < 0.01


def test_a_stronger_network_stands_higher_and_the_limit_lies_at_its_level(draw: Draw, style: Style) -> None:
    drawing = draw(Curve("A", 1, 20, -75), Curve("B", 11, 20, -60))
    weak, strong = arches(drawing)
    assert min(y for _, y in strong.points) < min(y for _, y in weak.points)
    (limit,) = (i for i in drawing.items if isinstance(i, Poly) and i.stroke == style.palette.fail)
    assert abs(limit.points[0][1] - min(y for _, y in weak.points)) < 0.01


def test_the_own_network_is_filled_bold_and_last_and_weak_ones_are_dashed(draw: Draw, style: Style) -> None:
    drawing = draw(OWN, Curve("Weak", 1, 20, -88), Curve("Strong", 11, 20, -50))
    weak, strong, own = arches(drawing)
    assert (own.stroke, own.stroke_width) == (style.palette.accent, 3.0)
    assert weak.dash
    assert not strong.dash
    assert not own.dash
    assert texts(drawing)["LADD-GARAGE  −73 dBm"].bold


def test_channels_that_stations_do_not_use_are_hatched(draw: Draw) -> None:
    drawing = draw(OWN)
    plot = max((i for i in drawing.items if isinstance(i, Hatch)), key=lambda h: h.height)
    assert plot.x < x_of(drawing, 12) < x_of(drawing, 13) < plot.x + plot.width
    assert plot.x > x_of(drawing, 11)
    assert LABELS.unused in texts(drawing)
    assert not [i for i in draw(OWN, rule=Rule(-75, 1, 13)).items if isinstance(i, Hatch)]


def test_one_six_and_eleven_are_bold(draw: Draw) -> None:
    found = texts(draw())
    assert [c for c in range(1, 14) if found[str(c)].bold] == [1, 6, 11]


def test_labels_never_collide_and_the_own_one_is_always_there(draw: Draw) -> None:
    for seed in range(5):
        drawing = draw(*many(120, seed), OWN)
        boxes = label_boxes(drawing)
        assert len(boxes) > 8
        assert not [1 for i, a in enumerate(boxes) for b in boxes[:i] if overlap(a, b)]
        assert "LADD-GARAGE  −73 dBm" in texts(drawing)
        assert LABELS.limit in texts(drawing)


def test_everything_stays_inside_the_drawing(draw: Draw) -> None:
    long = Curve("W" * 32, 13, 20, -20, own=True)
    for size in (SIZE, (320.0, 160.0)):
        drawing = draw(long, *many(60), size=size)
        for box in label_boxes(drawing):
            assert box.x >= 0
            assert box.y >= 0
            assert box.x + box.width <= size[0]
            assert box.y + box.height <= size[1]


def test_300_networks_are_laid_out_within_a_frame(draw: Draw) -> None:
    curves = [*many(300), OWN]
    times = []
    for _ in range(7):
        start = time.process_time()
        draw(*curves)
        times.append(time.process_time() - start)
    assert min(times) < 0.008, f"{min(times) * 1000:.1f} ms"


def test_a_network_above_channel_six_in_40_mhz_is_drawn_around_channel_eight() -> None:
    from installer_gui.domain.wifi import Band, Network

    wide = Network("x", b"x", None, 2437, 6, Band.B2_4, -50, width_mhz=40, secondary=1)
    assert channels.Curve.of(wide, "x", own=False).centre == 8


def test_of_many_networks_in_one_place_the_strongest_are_drawn_and_the_own_one_always(draw: Draw) -> None:
    crowd = [Curve(f"n{level}", 6, 20, -level) for level in range(40, 60)]
    shown = channels.seen([*crowd, OWN])
    assert [curve.rssi_dbm for curve in shown] == [-40, -41, -42, -73]
    assert len(channels.seen([Curve("a", 1, 20, -50), Curve("b", 1, 40, -50), Curve("c", 2, 20, -50)])) == 3
    assert "n45" not in texts(draw(*crowd, OWN))
