"""Looking around."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from installer_gui.domain.wifi import Band, Bss
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.ports.wifi import Adapter, Scan
from installer_gui.session import look as looking
from installer_gui.session.look import look


def bss(name: bytes, fresh: bool = True, age: float = 0.1) -> Bss:
    beacon = bytes([0, len(name)]) + name
    return Bss(name, f"02:00:00:00:00:{name[0]:02x}", 2437, -60, beacon, beacon, 1, age, fresh)


class Air:
    def __init__(self, *sweeps: Sequence[Bss] | None) -> None:
        self.sweeps = list(sweeps)

    def adapters(self) -> tuple[Adapter, ...]:
        return ()

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:
        heard = self.sweeps.pop(0)
        if heard is None:
            raise Unavailable(Reason.BUSY)
        return Scan(tuple(heard), "test", 0.9)


def heard(air: Air) -> dict[str, bool]:
    return {n.ssid: n.fresh for n in asyncio.run(look(air, "wlan0"))}


def test_what_one_sweep_misses_another_hears() -> None:
    air = Air([bss(b"a")], [bss(b"a", fresh=False, age=1.0), bss(b"b")], [bss(b"a"), bss(b"c")])
    assert heard(air) == {"a": True, "b": True, "c": True}


def test_old_rows_stay_old() -> None:
    assert heard(Air(*[[bss(b"a", fresh=False, age=20)]] * 3)) == {"a": False}


def test_a_later_sweep_that_fails_spoils_nothing() -> None:
    assert heard(Air([bss(b"a")], None)) == {"a": True}
    with pytest.raises(Unavailable):
        heard(Air(None))


def test_slow_sweeps_are_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "PATIENCE_S", -1)
    assert heard(Air([bss(b"a")])) == {"a": True}
