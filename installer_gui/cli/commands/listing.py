"""Lists what the program knows: checks, profiles, interfaces and findings (`driftklar.list/1`)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from ... import profiles
from ...app import App
from ...domain.verdict import UNKNOWN
from ...i18n import Catalogue
from ...session import plan
from .. import exits, run_document
from ..render import Output

Item = dict[str, Any]


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=tuple(_LISTS), help="what to list")


def run(args: Any, io: Output, app: App) -> int:
    items = list(_LISTS[args.what](app, io.catalogue))
    match io.form:
        case "json":
            io.document({"schema": "driftklar.list/1", "what": args.what, "items": items})
        case "jsonl":
            for item in items:
                io.event({"event": "item", "what": args.what, **item})
        case _:
            io.table([_row(args.what, item) for item in items] or [("–",)])
    return exits.PASSED


def _checks(app: App, words: Catalogue) -> Iterator[Item]:
    required = {check for group in app.profile.required.values() for check in group}
    for info in plan.rules(app.profile).infos:
        yield {
            "id": info.id,
            "area": info.area.value,
            "version": info.version,
            "required": info.id in required,
            "title": run_document.title(info, words),
        }


def _profiles(app: App, words: Catalogue) -> Iterator[Item]:
    for name in profiles.available():
        profile = profiles.load(name)
        yield {
            "id": profile.id,
            "name": profile.name,
            "version": profile.version,
            "date": profile.date.isoformat(),
            "sha256": profile.sha256,
        }


def _interfaces(app: App, words: Catalogue) -> Iterator[Item]:
    for interface in app.platform.system.interfaces():
        yield run_document.interface(interface) | {"up": interface.up, "description": interface.description}


def _findings(app: App, words: Catalogue) -> Iterator[Item]:
    codes = {code.number: code for code in (*plan.rules(app.profile).codes.values(), UNKNOWN)}
    for number, code in sorted(codes.items()):
        yield {
            "number": number,
            "code": code.name,
            "severity": code.severity.value,
            "responsible": code.responsible.value,
            "title": words.template("finding", code.name, "title"),
            "meaning": words.template("finding", code.name, "meaning"),
            "remedy": words.template("finding", code.name, "remedy"),
        }


def _row(what: str, item: Item) -> tuple[str, ...]:
    """What a person wants to see of an item."""
    match what:
        case "checks":
            return item["area"], item["id"], item["title"]
        case "profiles":
            return item["id"], item["version"], item["date"], item["name"]
        case "interfaces":
            address = " ".join(item["addresses"]) or "–"
            return item["name"], item["kind"], item["mac"] or "–", address, item["gateway"] or "–", item["description"]
        case _:
            return str(item["number"]), item["severity"], item["responsible"], item["code"], item["title"]


_LISTS: dict[str, Callable[[App, Catalogue], Iterator[Item]]] = {
    "checks": _checks,
    "profiles": _profiles,
    "interfaces": _interfaces,
    "findings": _findings,
}
