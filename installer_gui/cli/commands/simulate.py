"""Play a site on this computer and run a command against it."""

from __future__ import annotations

import argparse
from typing import Any

from ...app import App
from ...errors import BadInput
from ..main import main
from ..render import Output


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", metavar="NAME", default="healthy", help="the site to play")
    parser.add_argument("--list", action="store_true", help="list the sites")
    parser.add_argument("--place", type=int, metavar="N", default=0, help="begin at the Nth place of the WiFi walk")
    parser.add_argument("played", nargs=argparse.REMAINDER, metavar="COMMAND…", help="a command of driftklar")


def run(args: Any, io: Output, app: App) -> int:
    from ...platforms import simulated

    if args.list:
        return _list(io)
    command = _command(args.played)
    if not command:
        raise BadInput("input.nothing-to-simulate")
    with simulated.play(args.site, app.profile, args.place) as play:
        return main(command, play.platform)


def _command(words: list[str]) -> list[str]:
    """What stands after "--", with or without the program's own name."""
    for expected in ("--", "driftklar"):
        if words[:1] == [expected]:
            words = words[1:]
    return words


def _list(io: Output) -> int:
    from ...platforms.simulated import SITES

    titles = {name: io.catalogue.of("site", name, "title") for name in SITES}
    if io.machine:
        io.document({"sites": [{"name": name, "title": title} for name, title in titles.items()]})
    else:
        for name, title in titles.items():
            io.line(f"{name:<18}{title}")
    return 0
