"""Whatever a check does, the others go on, and nothing that went wrong looks like a measurement."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from installer_gui.checks.context import Context, Exclusive
from installer_gui.checks.passage import Passage
from installer_gui.domain.check import Area, CheckInfo
from installer_gui.domain.finding import Finding
from installer_gui.domain.network import InterfaceKind
from installer_gui.domain.outcome import Broken, Fact, Measured, NotApplicable, NotMeasured, Outcome
from installer_gui.domain.record import Record
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.session.events import Event, Finished, Progress, Started
from installer_gui.session.runner import Runner

SEEN = Measured((Finding("x.seen"),))
Played = Callable[[Context], Awaitable[Measured | NotApplicable]]


@dataclass(frozen=True)
class Gateway(Fact):
    mac: str = ""


@dataclass(frozen=True)
class Clock(Fact):
    host: str = ""


async def sees(ctx: Context) -> Measured:
    return SEEN


@dataclass(frozen=True)
class Play:
    """A check that does what the test says."""

    id: str
    play: Played = sees
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 5.0
    exclusive: Exclusive | None = None

    @property
    def info(self) -> CheckInfo:
        return CheckInfo(self.id, Area.LINK)

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        return await self.play(ctx)


def run(context: Context, *checks: Play, emit: Callable[[Event], None] = lambda event: None) -> dict[str, Outcome]:
    records = asyncio.run(Runner(checks, context, emit).run())
    return {record.check: record.outcome for record in records}


def raising(error: BaseException) -> Played:
    async def play(ctx: Context) -> Measured:
        raise error

    return play


def sleeping(seconds: float) -> Played:
    async def play(ctx: Context) -> Measured:
        await asyncio.sleep(seconds)
        return SEEN

    return play


def giving(*facts: Fact) -> Played:
    async def play(ctx: Context) -> Measured:
        for fact in facts:
            ctx.give(fact)
        return SEEN

    return play


def test_records_come_in_the_order_of_the_checks_however_long_each_took(context: Context) -> None:
    outcomes = run(context, Play("slow", sleeping(0.05)), Play("quick"))
    assert list(outcomes) == ["slow", "quick"]


def test_checks_run_side_by_side(context: Context) -> None:
    began = time.monotonic()
    run(context, *(Play(f"c{i}", sleeping(0.2)) for i in range(10)))
    assert time.monotonic() - began < 1.0


def test_a_check_that_takes_too_long_is_not_measured_and_holds_nobody_up(context: Context) -> None:
    began = time.monotonic()
    outcomes = run(context, Play("stuck", sleeping(60), timeout_s=0.05), Play("fine"))
    assert outcomes == {"stuck": NotMeasured("timeout", "0.05 s"), "fine": SEEN}
    assert time.monotonic() - began < 2


def test_a_port_that_could_not_look_gives_its_reason(context: Context) -> None:
    outcomes = run(context, Play("dhcp", raising(Unavailable(Reason.NEEDS_PRIVILEGE, "port 68"))))
    assert outcomes["dhcp"] == NotMeasured("needs-privilege", "port 68")


@pytest.mark.parametrize(
    "error", [KeyError("bug"), TimeoutError("stray"), asyncio.CancelledError("stray"), OSError(19)]
)
def test_a_bug_breaks_its_own_check_only_and_is_logged_under_its_number(
    context: Context, error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "installer_gui")
    logging.getLogger("installer_gui").addHandler(caplog.handler)
    try:
        outcomes = run(context, Play("bug", raising(error)), Play("fine", sleeping(0.01)))
    finally:
        logging.getLogger("installer_gui").removeHandler(caplog.handler)
    assert outcomes["fine"] == SEEN
    assert isinstance(outcomes["bug"], Broken)
    assert outcomes["bug"].error_id in caplog.text


def test_a_check_starts_as_soon_as_its_fact_is_given_not_when_the_giver_is_done(context: Context) -> None:
    async def give_early(ctx: Context) -> Measured:
        ctx.give(Gateway("aa"))
        await asyncio.sleep(0.3)
        return SEEN

    async def take(ctx: Context) -> Measured:
        taken.append((ctx.need(Gateway).mac, time.monotonic() - began))
        return SEEN

    taken: list[tuple[str, float]] = []
    began = time.monotonic()
    run(context, Play("taker", take, needs=(Gateway,)), Play("giver", give_early, gives=(Gateway,)))
    assert taken[0][0] == "aa"
    assert taken[0][1] < 0.2


@pytest.mark.parametrize(
    "play",
    [sees, raising(KeyError("bug")), raising(Unavailable(Reason.NO_LINK)), sleeping(60)],
)
def test_a_fact_that_never_came_makes_its_takers_not_applicable_naming_the_check(
    context: Context, play: Played
) -> None:
    giver = Play("link-gateway", play, gives=(Gateway,), timeout_s=0.05)
    taker = Play("mqtt-hub", needs=(Gateway,), gives=(Clock,))
    outcomes = run(context, Play("last", needs=(Clock,)), taker, giver)
    assert outcomes["mqtt-hub"] == NotApplicable("link-gateway")
    assert outcomes["last"] == NotApplicable("mqtt-hub")


def test_a_fact_of_a_check_that_is_not_run_still_names_that_check(context: Context) -> None:
    runner = Runner([Play("mqtt-hub", needs=(Gateway,))], context, lambda event: None, {Gateway: "link-gateway"})
    (record,) = asyncio.run(runner.run())
    assert record.outcome == NotApplicable("link-gateway")


def test_one_of_several_givers_is_enough(context: Context) -> None:
    outcomes = run(
        context,
        Play("taker", needs=(Clock,)),
        Play("silent", gives=(Clock,)),
        Play("late", giving(Clock("late")), gives=(Clock,)),
    )
    assert outcomes["taker"] == SEEN


def test_collecting_waits_for_every_giver_and_takes_what_came(context: Context) -> None:
    async def take(ctx: Context) -> Measured:
        got.extend(await ctx.given(Clock, 2))
        return SEEN

    got: list[Clock] = []
    run(
        context,
        Play("taker", take),
        Play("a", giving(Clock("a")), gives=(Clock,)),
        Play("none", sleeping(0.05), gives=(Clock,)),
        Play("c", giving(Clock("c")), gives=(Clock,)),
    )
    assert got == [Clock("a"), Clock("c")]


def test_collecting_does_not_wait_beyond_its_time(context: Context) -> None:
    async def take(ctx: Context) -> Measured:
        began = time.monotonic()
        got.append((await ctx.given(Clock, 0.05), time.monotonic() - began))
        return SEEN

    got: list[Any] = []
    run(context, Play("taker", take), Play("slow", sleeping(0.5), gives=(Clock,)))
    assert got[0][0] == ()
    assert got[0][1] < 0.4


def test_collecting_what_nobody_gives_is_nothing(context: Context) -> None:
    async def take(ctx: Context) -> Measured:
        assert await ctx.given(Clock, 60) == ()
        return SEEN

    assert run(context, Play("taker", take)) == {"taker": SEEN}


def test_a_fact_that_a_check_does_not_declare_breaks_it(context: Context) -> None:
    outcomes = run(context, Play("liar", giving(Gateway())), Play("fine"))
    assert isinstance(outcomes["liar"], Broken)
    assert outcomes["fine"] == SEEN


@dataclass
class Turns:
    """Notes how many were at it at once."""

    now: int = 0
    most: int = 0
    order: list[str] = field(default_factory=list)

    async def __call__(self, ctx: Context) -> Measured:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.03)
        self.now -= 1
        return SEEN


def test_what_needs_the_radio_for_itself_takes_turns_and_waiting_costs_no_time_of_its_own(context: Context) -> None:
    turns = Turns()
    checks = [Play(f"scan{i}", turns, exclusive=Exclusive.RADIO, timeout_s=0.5) for i in range(20)]
    assert set(map(type, run(context, *checks).values())) == {Measured}
    assert turns.most == 1


@pytest.mark.parametrize(("kind", "at_once"), [(InterfaceKind.WIFI, 1), (InterfaceKind.ETHERNET, 2)])
def test_a_scan_and_a_timing_never_meet_on_the_same_radio(context: Context, kind: InterfaceKind, at_once: int) -> None:
    turns = Turns()
    site = replace(context, interface=replace(context.interface, kind=kind))
    run(site, Play("scan", turns, exclusive=Exclusive.RADIO), Play("timing", turns, exclusive=Exclusive.LINK))
    assert turns.most == at_once


def test_waiting_for_a_turn_does_not_count_as_the_checks_own_duration(context: Context) -> None:
    checks = [Play(name, sleeping(0.2), exclusive=Exclusive.LINK) for name in ("a", "b", "c")]
    records = asyncio.run(Runner(checks, context, lambda event: None).run())
    assert all(0.15 < record.duration_s < 0.35 for record in records)


def test_each_check_is_told_of_when_it_starts_and_when_it_ends(context: Context) -> None:
    async def count(ctx: Context) -> Measured:
        ctx.progress(1, 2)
        return SEEN

    events: list[Event] = []
    run(context, Play("counting", count), emit=events.append)
    assert [type(e) for e in events] == [Started, Progress, Finished]
    assert events[1] == Progress("counting", 1, 2)


def test_a_check_that_cannot_start_is_told_of_as_finished_only(context: Context) -> None:
    events: list[Event] = []
    run(context, Play("idle", needs=(Gateway,)), emit=events.append)
    assert [type(e) for e in events] == [Finished]


def test_stopping_a_run_keeps_what_was_finished_and_stops_the_rest_at_once(context: Context) -> None:
    def emit(event: Event) -> None:
        if isinstance(event, Finished):
            finished.append(event.record)

    async def stopped(checks: Sequence[Play]) -> float:
        task = asyncio.create_task(Runner(checks, context, emit).run())
        await asyncio.sleep(0.05)
        began = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return time.monotonic() - began

    finished: list[Record] = []
    checks = [Play("quick"), Play("slow", sleeping(60), gives=(Gateway,)), Play("taker", needs=(Gateway,))]
    assert asyncio.run(stopped(checks)) < 0.5
    assert [record.check for record in finished] == ["quick"]


def test_what_was_seen_while_the_interface_vanished_is_not_held_against_the_site(
    context: Context, computer: Any
) -> None:
    async def pull_the_plug(ctx: Context) -> Measured:
        computer.plugged.clear()
        return SEEN

    outcomes = run(context, Play("before"), Play("during", pull_the_plug), Play("after", sleeping(0.05)))
    gone = NotMeasured("interface-gone")
    assert outcomes == {"before": SEEN, "during": gone, "after": gone}


def test_an_interface_that_lost_its_link_counts_as_vanished(context: Context, computer: Any) -> None:
    computer.plugged[0] = replace(computer.plugged[0], up=False)
    assert run(context, Play("during")) == {"during": NotMeasured("interface-gone")}


def test_a_record_tells_where_and_when_it_was_made(context: Context) -> None:
    (record,) = asyncio.run(Runner([Play("x")], context, lambda event: None).run())
    assert (record.platform, record.interface, record.version) == ("test", "eth0", 1)
    assert (record.backend, record.trust_anchors) == ("played", "custom")
    assert record.started.tzinfo is not None


def test_what_could_not_get_past_a_vpn_is_not_measured_and_a_bug_stays_a_bug(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def blocked(passage: Passage) -> bool:
        return True

    monkeypatch.setattr(Passage, "is_blocked", blocked)
    outcomes = run(context, Play("link-gateway"), Play("link-path"), Play("captive-portal", raising(KeyError())))
    assert outcomes["link-gateway"] == SEEN
    assert outcomes["link-path"] == NotMeasured("vpn-blocks")
    assert isinstance(outcomes["captive-portal"], Broken)
