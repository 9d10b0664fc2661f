"""The wiring worksheet on the command line: an option for each module, and what is asked of the whole site."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from ..checks.plc_worksheet import Grid, Module
from ..domain.job import Job
from ..session import jobs, powerline_worksheet, stations

FORM = "NAME,CIRCUIT,PAIRED,FARTHEST_M,NETWORK_CABLE_M,FUSE_A,CONDUCTOR_MM2"
TERMINALS = ("L1", "L2", "L3", "N", "PE")
YES = {"yes": True, "no": False}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--module", metavar=FORM, action="append", required=True, type=_module, help="a PLC module, repeatable"
    )
    parser.add_argument(
        "--terminals", metavar="L1,N,PE", required=True, type=_terminals, help="the modules' terminals in use"
    )
    parser.add_argument("--phase-order", choices=("same", "mixed"), required=True)
    parser.add_argument("--earth", choices=tuple(YES), required=True, help="PE has been checked and is in order")
    parser.add_argument(
        "--qr-code", choices=tuple(YES), required=True, help="the modules' QR codes paired all stations"
    )
    parser.add_argument("--grid", choices=tuple(Grid), required=True)
    parser.add_argument("--by", metavar="NAME", required=True, type=stations.printable, help="who says so")


def filled(job: Job, args: Any) -> Job:
    """The job with the worksheet. Raises BadInput."""
    whole = {"terminals": args.terminals, "qr_code": YES[args.qr_code]}
    sheet = powerline_worksheet.sheet(
        job,
        [Module(*parts, **whole) for parts in args.module],
        same_phase_order=args.phase_order == "same",
        earth_checked=YES[args.earth],
        grid=Grid(args.grid),
    )
    at = datetime.now().astimezone().replace(microsecond=0)
    return powerline_worksheet.confirm(job, sheet, args.by, at, jobs.profile_of(job))


def _module(text: str) -> tuple[str, str, int, float, float, float, float]:
    try:
        name, circuit, paired, *rest = (stations.printable(part) for part in text.split(","))
        farthest, cable, fuse, conductor = map(float, rest)
        if name and circuit:
            return name, circuit, int(paired), farthest, cable, fuse, conductor
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(FORM)


def _terminals(text: str) -> frozenset[str]:
    found = frozenset(part.strip().upper() for part in text.split(",") if part.strip())
    if not found or found - set(TERMINALS):
        raise argparse.ArgumentTypeError(f"some of {', '.join(TERMINALS)}")
    return found
