"""The radio that plays recordings."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from installer_gui.domain.wifi import Band
from installer_gui.errors import BadInput
from installer_gui.platforms.replay import ReplayWiFi
from installer_gui.ports.unavailable import Reason, Unavailable

RECORDINGS = Path(__file__).parents[1] / "recordings" / "wifi"


def test_files_are_played_in_order_and_the_last_one_stays(tmp_path: Path) -> None:
    shutil.copy(RECORDINGS / "bss.json", tmp_path / "1.json")
    shutil.copy(RECORDINGS / "csa_bss.json", tmp_path / "2.json")
    wifi = ReplayWiFi(tmp_path)

    async def three() -> list[int]:
        return [len((await wifi.scan("replay", band)).found) for band in (Band.B2_4, None, None)]

    assert asyncio.run(three()) == [5, 1, 1]


def test_a_recorded_refusal_is_played_as_one(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text('{"unavailable": "radio-off"}')
    with pytest.raises(Unavailable) as caught:
        asyncio.run(ReplayWiFi(tmp_path).scan("replay"))
    assert caught.value.reason is Reason.RADIO_OFF
    with pytest.raises(Unavailable):
        asyncio.run(ReplayWiFi(tmp_path).scan("wlan0"))


@pytest.mark.parametrize("text", ["", "[1]", "{}", '{"unavailable": "x"}', '[{"bssid": "x"}]', "null", '"x"'])
def test_what_is_no_recording_is_bad_input(tmp_path: Path, text: str) -> None:
    (tmp_path / "1.json").write_text(text)
    with pytest.raises(BadInput):
        ReplayWiFi(tmp_path)


def test_an_empty_folder_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        ReplayWiFi(tmp_path)


def test_rows_tell_whether_they_are_fresh(tmp_path: Path) -> None:
    rows = json.loads((RECORDINGS / "csa_bss.json").read_text())
    (tmp_path / "1.json").write_text(json.dumps([{**rows[0], "fresh": False, "age_s": 9}, rows[0]]))
    found = asyncio.run(ReplayWiFi(tmp_path).scan("replay")).found
    assert [(b.fresh, b.age_s) for b in found] == [(False, 9.0), (True, 0.0)]
