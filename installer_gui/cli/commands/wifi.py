"""Scan for WiFi networks, or measure one at a station."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from ...app import App
from ...checks import wifi_signal
from ...domain.finding import Quantity, Severity
from ...domain.job import Connection, Job, Station
from ...domain.outcome import STOPPED
from ...domain.survey import Survey
from ...domain.verdict import Judged, weigh
from ...domain.wifi import Band, Network, Sample
from ...errors import BadInput
from ...ports.unavailable import Reason, Unavailable
from ...session import changes, channel, jobs, plan, survey
from ...session.look import look
from ...session.survey import Sweep
from .. import exits, rights, stoppable, wifi_document
from ..render import Output
from ..wifi_text import print_measurement, print_networks

MOST_SAMPLES = 100
LONGEST_SSID = 32


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="scan|measure")
    scan = actions.add_parser("scan", parents=[common], help="list the networks that are heard here")
    scan.add_argument("--interface", metavar="IF", default="", help="WiFi adapter")
    scan.add_argument("--band", choices=("2.4", "all"), default="2.4", help="2.4 GHz alone, or all bands")
    scan.set_defaults(act=_scan)
    measure = actions.add_parser("measure", parents=[common], help="measure a network's level at a station")
    measure.add_argument("--ssid", metavar="NAME", type=os.fsencode, required=True, help="the network's name")
    measure.add_argument("--interface", metavar="IF", default="", help="WiFi adapter")
    measure.add_argument("--station", metavar="ID", default="", help="the station that this is measured at")
    measure.add_argument("--samples", type=_count, metavar="N", default=None, help="more samples than the profile asks")
    measure.add_argument("--save", metavar="JOB", type=Path, help="add the measurement to this job file")
    for action in (scan, measure):
        rights.add_option(action)
    measure.set_defaults(act=_measure)


def run(args: Any, io: Output, app: App) -> int:
    code: int = args.act(args, io, app)
    return code


def _scan(args: Any, io: Output, app: App) -> int:
    adapter, reason = args.interface, None
    found: tuple[Network, ...] = ()
    try:
        adapter = _adapter(app, args.interface)
        band = Band.B2_4 if args.band == "2.4" else None
        wifi, ask = app.platform.wifi, app.platform.rights
        found = stoppable.run(rights.after_asking(args, ask, adapter, io, lambda: look(wifi, adapter, band)))
    except Unavailable as unavailable:
        reason = unavailable.reason.value
    except KeyboardInterrupt:
        reason = STOPPED
    if io.machine:
        _tell(wifi_document.scan(adapter, reason, found, app.platform.demo), io)
    elif reason:
        _say_why(reason, io, app)
    else:
        print_networks(found, io)
    return exits.PASSED if reason is None else exits.INCOMPLETE


def _measure(args: Any, io: Output, app: App) -> int:
    job = _job(args, app)
    adapter, started, told = args.interface, datetime.now().astimezone(), list[Sweep]()
    try:
        adapter = _adapter(app, args.interface)
        made = stoppable.run(_survey(adapter, args, app, io, told))
    except Unavailable as unavailable:
        return _not_measured(adapter, unavailable.reason.value, told, io, app)
    except KeyboardInterrupt:
        return _not_measured(adapter, STOPPED, told, io, app)
    finally:
        io.progress("")
    judged = _judged(made, args.station, app)
    if job is not None:
        _save(job, made, started, args, app)
    if io.machine:
        _tell(wifi_document.measurement(adapter, made, judged.severity, app.platform.demo), io)
    else:
        print_measurement(made, judged, app.profile, io)
    return exits.FAILED if judged.severity is Severity.FAILURE else exits.PASSED


async def _survey(adapter: str, args: Any, app: App, io: Output, told: list[Sweep]) -> Survey:
    wifi, tell = app.platform.wifi, _teller(io, told)
    work = partial(survey.measure, wifi, adapter, args.ssid, app.profile, tell, args.samples)
    return await rights.after_asking(args, app.platform.rights, adapter, io, work)


def _adapter(app: App, name: str) -> str:
    """The named adapter, which the scan will miss if it is not there, else the first one."""
    if name:
        return name
    adapters = app.platform.wifi.adapters()
    if not adapters:
        raise Unavailable(Reason.NO_ADAPTER)
    return adapters[0].name


def _job(args: Any, app: App) -> Job | None:
    """The job to save to, read before anything is measured. Raises BadInput."""
    if not 1 <= len(args.ssid) <= LONGEST_SSID:
        raise BadInput("input.ssid-length")
    if args.save is None:
        return None
    if not args.station:
        raise BadInput("input.which-station")
    return jobs.load_or_new(args.save, app.profile, app.platform.demo)


def _save(job: Job, made: Survey, started: datetime, args: Any, app: App) -> None:
    """Add the measurement and, if new, its station; what was heard of another network is outdated by it."""
    rules = plan.rules(app.profile)
    if all(s.id != args.station for s in job.stations):
        job = changes.with_stations(job, (*job.stations, Station(args.station)))
    job = changes.with_ssid(job, args.ssid.decode(errors="replace"), rules)
    job = replace(job, connection=job.connection or Connection.WIFI)
    grown = job.with_records(survey.record(made, args.station, started, app.platform.name))
    jobs.save(channel.weighed(grown, datetime.now().astimezone(), app.profile), args.save)


def _judged(made: Survey, station: str, app: App) -> Judged:
    (finding,) = wifi_signal.evaluate(made, station).findings
    return weigh(finding, plan.rules(app.profile), app.profile)


def _teller(io: Output, told: list[Sweep]) -> Callable[[Sweep], None]:
    words = io.catalogue

    def tell(sweep: Sweep) -> None:
        told.append(sweep)
        missed = sweep.rssi_dbm is None
        level = words.text("cli.wifi.missed") if missed else words.show(Quantity(sweep.rssi_dbm or 0, "dBm"))
        io.progress(words.text("cli.wifi.sample", number=sweep.number, of=sweep.of, level=level))
        if io.form == "jsonl":
            heard = list(map(wifi_document.network, sweep.networks))
            io.event({"event": "sample", "number": sweep.number, "of": sweep.of, **_sample(sweep), "networks": heard})

    return tell


def _not_measured(adapter: str, reason: str, told: Sequence[Sweep], io: Output, app: App) -> int:
    if io.machine:
        samples = [Sample(sweep.rssi_dbm, sweep.at.isoformat(timespec="milliseconds")) for sweep in told]
        _tell(wifi_document.no_measurement(adapter, reason, samples, app.platform.demo), io)
    else:
        _say_why(reason, io, app)
    return exits.INCOMPLETE


def _sample(sweep: Sweep) -> dict[str, Any]:
    return wifi_document.sample(Sample(sweep.rssi_dbm, sweep.at.isoformat(timespec="milliseconds")))


def _tell(document: dict[str, Any], io: Output) -> None:
    if io.form == "jsonl":
        io.event({"event": "wifi", **document})
    else:
        io.document(document)


def _say_why(reason: str, io: Output, app: App) -> None:
    io.line(io.catalogue.text("cli.wifi.not-measured", reason=io.catalogue.of("reason", reason)))
    if reason == Reason.NEEDS_PRIVILEGE:
        rights.print_advice(io.catalogue.text("rights.lost-scan"), app.platform.rights, io)


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= MOST_SAMPLES:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_SAMPLES}")
    return value
