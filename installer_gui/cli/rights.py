"""Rights on the command line: nobody is asked for them unless told to, and who lacks them is told how to get them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from ..ports.rights import Rights, RightsState
from .render import Output

T = TypeVar("T")
ENVIRONMENT = "DRIFTKLAR_ALLOW_HELPER"
GIVEN = (RightsState.OWN, RightsState.HELPER_READY)


def add_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-helper",
        action="store_true",
        help=f"let the system ask for a password where measuring needs rights (also: {ENVIRONMENT}=1)",
    )


async def after_asking(args: Any, rights: Rights, interface: str, io: Output, work: Callable[[], Awaitable[T]]) -> T:
    """Measure, after the user was asked where the command line allows it. A refusal is told, and changes no more."""
    if interface and (args.allow_helper or os.environ.get(ENVIRONMENT, "0") != "0"):
        state = await rights.request(interface)
        if state not in GIVEN:
            io.say(io.catalogue.of("rights", "state", state.value))
    return await work()


def print_advice(lost: str, rights: Rights, io: Output) -> None:
    """`lost`: what could not be done."""
    io.line()
    io.line(lost)
    for advice in rights.advice():
        io.line(io.catalogue.of("rights", advice.key, command=advice.command))
