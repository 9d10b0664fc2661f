"""Look at the powerline network on a cable, watch stations join it, or find their addresses without rights."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from ... import app as program
from ... import files
from ...app import App
from ...domain.finding import Severity
from ...domain.job import Connection, Job
from ...domain.network import Interface
from ...domain.outcome import STOPPED
from ...domain.powerline import Powerline
from ...domain.verdict import Judged
from ...errors import BadInput
from ...ports.unavailable import Reason, Unavailable
from ...protocols import pcap
from ...session import (
    jobs,
    plcstat,
    powerline,
    powerline_evidence,
    powerline_filing,
    powerline_kept,
    powerline_seen,
    powerline_watch,
    site,
    stations,
)
from .. import exits, plc_document, rights, stoppable
from ..plc_text import event_line, print_look
from ..render import Output

NOBODY = Powerline("", "")


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="scan|watch|addresses")
    scan = actions.add_parser("scan", parents=[common], help="list the PLC modules on the cable and their stations")
    scan.add_argument("--expect", metavar="MAC,..", type=_macs, default=(), help="stations that must be there")
    scan.add_argument("--plcstat", action="store_true", help="print the form that support knows")
    scan.add_argument("--save", metavar="JOB", type=Path, help="add what was seen to this job file")
    scan.add_argument("--anew", action="store_true", help="with --save: forget what was measured of PLC before")
    scan.add_argument("--evidence", metavar="FILE", type=Path, help="write everything that was seen as JSON")
    scan.add_argument("--pcap", metavar="FILE", type=Path, help="write the frames for Wireshark")
    scan.set_defaults(act=_scan)
    watch = actions.add_parser("watch", parents=[common], help="tell which stations join and leave, until Ctrl-C")
    watch.set_defaults(act=_watch)
    seen = actions.add_parser("addresses", parents=[common], help="ask the local network for stations' addresses")
    seen.add_argument("--save", metavar="JOB", type=Path, help="add what was seen to this job file")
    seen.set_defaults(act=_addresses)
    for action in (scan, watch, seen):
        action.add_argument("--interface", metavar="IF", default="", help="network interface, else every cable")
    for action in (scan, watch):
        rights.add_option(action)


def run(args: Any, io: Output, app: App) -> int:
    code: int = args.act(args, io, app)
    return code


def _scan(args: Any, io: Output, app: App) -> int:
    job = _job(args, app)
    started = datetime.now().astimezone()
    found = replace(NOBODY, interface=args.interface)
    reason: str | None = None
    try:
        found, reason = _look(_interfaces(args, app), found, args, io, app)
    except Unavailable as unavailable:
        reason = unavailable.reason.value
    except KeyboardInterrupt:
        reason = STOPPED
    finally:
        io.progress("")
    judged = powerline.judged_of(found, args.expect, app.profile) if reason is None else ()
    _keep(job, found, started, args, app)
    _show(found, reason, judged, args, io, app)
    if reason is not None:
        return exits.INCOMPLETE
    return exits.FAILED if args.expect and _fails(judged, args.expect) else exits.PASSED


def _look(
    interfaces: Sequence[Interface], nobody: Powerline, args: Any, io: Output, app: App
) -> tuple[Powerline, str | None]:
    """The first look that reads a network, or else finds a module, or else finds nobody; and why none was read."""
    looks, reasons = [], []
    for interface in interfaces:
        look = partial(powerline.look, app.platform, interface, app.profile, _teller(io))
        try:
            found = stoppable.run(rights.after_asking(args, app.platform.rights, interface.name, io, look))
        except Unavailable as unavailable:
            reasons.append(unavailable.reason.value)
            continue
        if found.readable:
            return found, None
        looks.append(found)
    if unclear := next((found for found in looks if found.gateways), None):
        return unclear, Reason.UNCLEAR.value
    return (looks[0], Reason.NO_ANSWER.value) if looks else (nobody, reasons[0])


def _keep(job: Job | None, found: Powerline, started: datetime, args: Any, app: App) -> None:
    """Write what was asked for; a job is left as it was where nothing could be read."""
    evidence = powerline_evidence.encode(found, started, app.profile, job.stations if job else ())
    if args.evidence:
        files.write(args.evidence, evidence)
    if args.pcap:
        files.write(args.pcap, pcap.encode(found.frames))
    if job is not None and found.readable:
        job = powerline_filing.forgotten(job) if args.anew else job
        job = replace(job, connection=job.connection or Connection.PLC)
        made = powerline.records(found, len(job.stations_on(Connection.PLC)), started, app.profile, app.platform.name)
        jobs.save(powerline_filing.filed(job, made), args.save)
    if job is not None:
        with contextlib.suppress(BadInput):  # it is for support; what was measured is in the job, and is shown
            powerline_kept.keep(program.data_folder(), job, evidence)


def _show(found: Powerline, reason: str | None, judged: tuple[Judged, ...], args: Any, io: Output, app: App) -> None:
    if io.machine:
        document = plc_document.scan(found, reason, judged, io.catalogue, app.platform.demo)
        if args.plcstat:
            document["plcstat"] = plcstat.text(found)
        _tell(document, io)
    elif reason is not None:
        _say_why(reason, io, app)
    elif args.plcstat:
        io.raw(plcstat.text(found).encode())
    else:
        if app.platform.demo:
            io.line(io.catalogue.text("demo.banner"))
        print_look(found, judged, io)


def _watch(args: Any, io: Output, app: App) -> int:
    interface, reason = _interfaces(args, app)[0], STOPPED
    emit = partial(_tell_event, io)
    try:
        work = partial(powerline_watch.watch, app.platform, interface, emit)
        stoppable.run(rights.after_asking(args, app.platform.rights, interface.name, io, work))
    except Unavailable as unavailable:
        reason = unavailable.reason.value
    except KeyboardInterrupt:
        return exits.PASSED
    if io.machine:
        io.event({"event": "ended", "reason": reason})
    else:
        _say_why(reason, io, app)
    return exits.INCOMPLETE


def _tell_event(io: Output, event: powerline_watch.Event) -> None:
    if io.machine:
        io.event(plc_document.event(event))
    else:
        io.line(event_line(event, io.catalogue))


def _addresses(args: Any, io: Output, app: App) -> int:
    job, reason = _job(args, app), None
    seen: tuple[powerline_seen.Seen, ...] = ()
    interface = site.choose_interface(app.platform, args.interface)
    try:
        seen = stoppable.run(powerline_seen.look(app.platform, interface, app.profile, _teller(io)))
    except Unavailable as unavailable:
        reason = unavailable.reason.value
    except KeyboardInterrupt:
        reason = STOPPED
    finally:
        io.progress("")
    if job is not None and seen:
        jobs.save(powerline_seen.filed(job, seen, datetime.now().astimezone(), interface.name), args.save)
    if io.machine:
        rows = [{"mac": one.mac, "address": one.address} for one in seen]
        _tell(plc_document.addresses(interface.name, reason, rows, app.platform.demo), io)
    elif reason is not None:
        _say_why(reason, io, app)
    else:
        for one in seen:
            io.line(f"{one.mac}  {one.address}")
        io.line(io.catalogue.plural("cli.plc.addresses", len(seen)))
    return exits.PASSED if reason is None else exits.INCOMPLETE


def _interfaces(args: Any, app: App) -> tuple[Interface, ...]:
    """The named one, whatever it is, or every cable that is plugged in. Raises BadInput, Unavailable(NO_LINK)."""
    if args.interface:
        return (site.choose_interface(app.platform, args.interface),)
    if found := powerline.cables(app.platform):
        return found
    raise Unavailable(Reason.NO_LINK)


def _job(args: Any, app: App) -> Job | None:
    """The job to save to, read before anything is measured. Raises BadInput."""
    return jobs.load_or_new(args.save, app.profile, app.platform.demo) if args.save else None


def _teller(io: Output) -> powerline.Progress:
    return lambda done, total: io.progress(io.catalogue.text("cli.plc.progress", done=done, total=total))


def _tell(document: dict[str, Any], io: Output) -> None:
    if io.form == "jsonl":
        io.event({"event": "plc", **document})
    else:
        io.document(document)


def _say_why(reason: str, io: Output, app: App) -> None:
    io.line(io.catalogue.text("cli.plc.not-measured", reason=io.catalogue.of("reason", reason)))
    if reason == Reason.NEEDS_PRIVILEGE:
        rights.print_advice(io.catalogue.text("rights.lost-plc"), app.platform.rights, io)
    if advice := powerline.advice(app.platform, reason):
        io.line(io.catalogue.of("plc.raw", advice))
    if reason in (Reason.NEEDS_PRIVILEGE, Reason.NO_ANSWER, Reason.NO_DRIVER, Reason.UNCLEAR):
        io.line(io.catalogue.text("cli.plc.otherwise"))


def _fails(judged: tuple[Judged, ...], wanted: tuple[str, ...]) -> bool:
    return any(one.severity is Severity.FAILURE and one.finding.subject.name in wanted for one in judged)


def _macs(text: str) -> tuple[str, ...]:
    found = [stations.mac(part) for part in text.split(",") if part.strip()]
    if not found or None in found:
        raise argparse.ArgumentTypeError("addresses such as 60:15:92:43:00:01, with commas between them")
    return tuple(mac for mac in found if mac)
