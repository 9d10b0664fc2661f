"""Nobody is asked for a password who did not allow it."""

from __future__ import annotations

import argparse
import asyncio

import pytest

from installer_gui import i18n
from installer_gui.cli import rights
from installer_gui.cli.render import Output
from installer_gui.ports.rights import Advice, RightsState


class Asked:
    """Rights that note who asks, and answer as they are told."""

    def __init__(self, answer: RightsState = RightsState.HELPER_READY) -> None:
        self.answer = answer
        self.interfaces: list[str] = []

    def state(self, interface: str) -> RightsState:
        return RightsState.CAN_ASK

    async def request(self, interface: str) -> RightsState:
        self.interfaces.append(interface)
        return self.answer

    def advice(self) -> tuple[Advice, ...]:
        return Advice("ask"), Advice("setcap", "sudo setcap X FILE")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(rights.ENVIRONMENT, raising=False)


def measure(asked: Asked, *options: str, interface: str = "eth0") -> str:
    parser = argparse.ArgumentParser()
    rights.add_option(parser)
    io = Output(i18n.load("en"), "json")

    async def work() -> str:
        return "measured"

    return asyncio.run(rights.after_asking(parser.parse_args(options), asked, interface, io, work))


def test_without_a_word_nobody_is_asked() -> None:
    asked = Asked()
    assert (measure(asked), asked.interfaces) == ("measured", [])


def test_the_option_lets_the_system_ask(capsys: pytest.CaptureFixture[str]) -> None:
    asked = Asked()
    assert (measure(asked, "--allow-helper"), asked.interfaces) == ("measured", ["eth0"])
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("value", "interfaces"), [("1", ["eth0"]), ("0", [])])
def test_the_environment_can_say_it_too(value: str, interfaces: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(rights.ENVIRONMENT, value)
    asked = Asked()
    measure(asked)
    assert asked.interfaces == interfaces


def test_without_a_network_there_is_nothing_to_ask_for() -> None:
    asked = Asked()
    assert (measure(asked, "--allow-helper", interface=""), asked.interfaces) == ("measured", [])


@pytest.mark.parametrize("state", [RightsState.CAN_ASK, RightsState.UNAVAILABLE])
def test_a_refusal_is_told_beside_the_result_and_measuring_goes_on(
    state: RightsState, capsys: pytest.CaptureFixture[str]
) -> None:
    assert measure(Asked(state), "--allow-helper") == "measured"
    out, err = capsys.readouterr()
    assert out == ""
    assert "What needs rights is not measured" in err


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_who_lacks_rights_is_told_how_to_get_them(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    rights.print_advice("LOST", Asked(), Output(i18n.load(language), "text"))
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["", "LOST"]
    assert "--allow-helper" in lines[2]
    assert lines[3].endswith("sudo setcap X FILE")
