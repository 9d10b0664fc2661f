"""Make, show and change a job file; see docs/job-file.md."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ... import app as program
from ... import files
from ...app import App
from ...domain.deviation import Deviation, deviations
from ...domain.finding import SITE
from ...domain.job import Job, Note
from ...errors import BadInput
from ...session import holding, jobs, photos, stations, store
from .. import exits, job_answers, job_document, job_fields, plc_worksheet
from ..job_text import print_job
from ..render import Output


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, help_line: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, parents=[common], help=help_line, description=help_line.capitalize())

    new = action("new", "make a job file")
    new.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    job_fields.add_to(new)
    change = action("set", "change fields of a job; what is no longer true of it is marked outdated")
    change.add_argument("job", metavar="JOB", type=Path)
    job_fields.add_to(change)
    action("show", "show a job and how it stands").add_argument("job", metavar="JOB")
    note = action("note", "say what becomes of a deviation, or add a remark")
    note.add_argument("job", metavar="JOB", type=Path)
    note.add_argument("--number", type=int, metavar="N", help="the deviation's number in `job show`; none for a remark")
    for name in ("text", "owner", "action"):
        note.add_argument(f"--{name}", metavar="TEXT", dest=f"note_{name}", type=stations.printable)
    note.add_argument("--due", metavar="YYYY-MM-DD", type=_day)
    confirm = action("confirm", "answer a check that only a person can answer")
    confirm.add_argument("job", metavar="JOB", type=Path)
    confirm.add_argument("answers", nargs="*", metavar="QUESTION=ANSWER", help="yes, no or a number, as cable=70")
    confirm.add_argument("--check", metavar="ID", required=True)
    confirm.add_argument("--station", metavar="NAME", action="append", default=[], help="about this one, repeatable")
    confirm.add_argument(
        "--photo", metavar="FILE", action="append", default=[], type=Path, help="a picture of it, repeatable"
    )
    confirm.add_argument("--by", metavar="NAME", required=True, type=stations.printable, help="who says so")
    sheet = action("worksheet", "fill in the wiring worksheet of a powerline site")
    sheet.add_argument("job", metavar="JOB", type=Path)
    plc_worksheet.arguments(sheet)
    out = action("export", "write a job of the wizard's, by its number, or of a file, to a file")
    out.add_argument("job", metavar="JOB")
    out.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    action("import", "give a job file to the wizard").add_argument("job", metavar="FILE", type=Path)


def run(args: Any, io: Output, app: App) -> int:
    with holding.writing(_written(args)):
        _act(args, io, app)
    return exits.PASSED


def _written(args: Any) -> Path | None:
    """The job file that an action writes to."""
    match args.action:
        case "show":
            return None
        case "new" | "export":
            path: Path = args.output
        case "import":
            path = _wizards(store.load(args.job).id)
        case _:
            path = args.job
    return path


def _act(args: Any, io: Output, app: App) -> None:
    match args.action:
        case "new":
            _keep(job_fields.applied(_new(args.output, app), args, app.profile), args.output, io)
        case "set":
            job = store.load(args.job)
            _keep(job_fields.applied(job, args, jobs.profile_of(job)), args.job, io)
        case "note":
            _keep(_noted(store.load(args.job), args), args.job, io)
        case "confirm":
            _keep(_confirmed(store.load(args.job), args), args.job, io)
        case "worksheet":
            _keep(plc_worksheet.filled(store.load(args.job), args), args.job, io)
        case "show":
            _show(store.load(_found(args.job)), io)
        case "export":
            job = store.load(_found(args.job))
            _must_be_free(args.output)
            _keep(job, args.output, io)
        case _:
            job = store.load(args.job)
            path = _wizards(job.id)
            _must_be_free(path)
            _keep(job, path, io)


def _new(path: Path, app: App) -> Job:
    _must_be_free(path)
    return jobs.new(app.profile, app.platform.demo)


def _must_be_free(path: Path) -> None:
    if not files.missing(path):
        raise BadInput("input.exists", file=str(path))


def _wizards(number: str) -> Path:
    """Where the wizard keeps the job of that number."""
    return program.data_folder() / "jobs" / f"{number}.dkjob"


def _found(name: str) -> Path:
    """The file of that name, else the wizard's job of that number."""
    if files.missing(Path(name)) and not files.missing(_wizards(Path(name).name)):
        return _wizards(Path(name).name)
    return Path(name)


def _keep(job: Job, path: Path, io: Output) -> None:
    store.save(job, path)
    if io.machine:
        _show(job, io)
    else:
        io.line(io.catalogue.text("cli.job.saved", number=job.id, file=str(path)))


def _show(job: Job, io: Output) -> None:
    profile = jobs.profile_of(job)
    judgement = jobs.judged(job, profile)
    match io.form:
        case "json":
            io.document(job_document.document(job, judgement, profile, io.catalogue))
        case "jsonl":
            io.event({"event": "job", **job_document.document(job, judgement, profile, io.catalogue)})
        case _:
            print_job(job, judgement, profile, io)


def _noted(job: Job, args: Any) -> Job:
    given = {"text": args.note_text, "owner": args.note_owner, "action": args.note_action, "due": args.due}
    changed = {name: value for name, value in given.items() if value is not None}
    if not changed:
        raise BadInput("input.empty-note")
    if args.number is None:
        return job.with_note(replace(Note(SITE), **changed))
    deviation = _deviation(job, args.number)
    before = deviation.note or Note(deviation.subject, deviation.code)
    kept = tuple(n for n in job.notes if n is not before)
    return replace(job, notes=(*kept, replace(before, **changed)))


def _confirmed(job: Job, args: Any) -> Job:
    at = datetime.now().astimezone().replace(microsecond=0)
    pictures = tuple(map(photos.digest, args.photo))
    profile = jobs.profile_of(job)
    return job_answers.answered(job, args.check, args.station, args.answers, args.by, at, profile, pictures)


def _deviation(job: Job, number: int) -> Deviation:
    found = {d.number: d for d in deviations(job, jobs.judged(job, jobs.profile_of(job)))}
    if number not in found:
        raise BadInput("input.no-such-deviation", number=number, count=len(found))
    return found[number]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day such as 2026-12-01") from None
