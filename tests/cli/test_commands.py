"""Every command that the table names is there, and explains itself."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest

from installer_gui.cli.main import COMMANDS

Cli = Callable[..., Any]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_a_module_and_a_help(driftklar: Cli, name: str) -> None:
    module = importlib.import_module(f"installer_gui.cli.commands.{COMMANDS[name][0]}")
    assert callable(module.arguments)
    assert callable(module.run)
    ran = driftklar(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: driftklar {name}")


def test_the_help_names_every_command(driftklar: Cli) -> None:
    out = driftklar("--help").out
    assert all(f"    {name} " in out for name in COMMANDS)


def test_no_command_is_one_line(driftklar: Cli) -> None:
    ran = driftklar("--format", "json")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
