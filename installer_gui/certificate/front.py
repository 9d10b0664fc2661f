"""The first page: everything that an owner wants to know in one look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..domain.check import Area
from ..domain.job import Connection, Contact
from ..domain.verdict import State, Verdict
from ..profiles import CUSTOM
from . import cells, deviations, requirements, stations
from .collect import counts
from .content import Draft
from .display import clip
from .wording import NBSP, PLACE, UNBROKEN, Wording

_VERDICT_TONES = {
    Verdict.PASSED: "pass",
    Verdict.PASSED_WITH_REMARKS: "warn",
    Verdict.FAILED: "fail",
    Verdict.INCOMPLETE: "open",
}
_GROUP = 4
_LONGEST = 80
_WORST, _LINE = 3, 100  # deviations that page one names, and characters that a line has room for
_MOST = 30  # more stations than the page can ever hold


def front(wording: Wording, sha256: str) -> dict[str, Any]:
    """What stands on page one, in its order."""
    content, words = wording.content, wording.words
    return {
        "title": words.text("paper.title"),
        "subtitle": words.text("paper.subtitle"),
        "brand": _brand(wording),
        "scope": words.text("paper.scope"),
        "verdict": verdict(wording),
        "site": {"heading": words.text("paper.site"), "pairs": _clipped(_site(wording), _LONGEST)},
        "installer": {"heading": words.text("paper.installer"), "pairs": _clipped(_installer(wording), _LONGEST)},
        "areas": {"heading": words.text("paper.summary"), "tiles": _tiles(wording)},
        "stations": _stations(wording),
        "signature": _signature(wording, sha256),
        "qr_alt": words.text("paper.qr-alt", code=qr_text(content.certificate_id, sha256)),
    }


def _brand(wording: Wording) -> dict[str, str] | None:
    """The distributor's name where its logo stands; the drawing itself is a file of its own."""
    brand = wording.content.profile.brand
    return {"name": clip(brand.name, PLACE)} if brand and brand.logo else None


def _clipped(pairs: list[tuple[str, str]], longest: int) -> list[tuple[str, str]]:
    """Values that leave room for the rest of the page; the data hold them whole."""
    return [(label, clip(value, longest)) for label, value in pairs]


def qr_text(certificate_id: str, sha256: str) -> str:
    """What ties a paper copy to a file on record; alone it proves nothing."""
    return f"EVC1:{certificate_id}:{sha256[:32]}"


def groups(digits: str) -> str:
    """Digits in groups of four, so that two people can compare them by telephone."""
    return " ".join(digits[i : i + _GROUP] for i in range(0, len(digits), _GROUP))


def verdict(wording: Wording) -> dict[str, Any]:
    content, words = wording.content, wording.words
    numbers = counts(content)
    parts = []
    if numbers["stations"]:
        total = words.plural("paper.count.stations", numbers["stations"])
        parts.append(words.text("paper.count.clean", n=numbers["clean"], stations=total))
    deviant = [words.plural("paper.count.deviations", numbers["deviations"])]
    if numbers["missing"]:
        deviant.append(words.plural("paper.count.of-them-missing", numbers["missing"]))
    parts.append(", ".join(deviant))
    return {
        "tone": _VERDICT_TONES[content.verdict],
        "word": words.of("verdict", content.verdict.value),
        "counts": " · ".join(parts),
        "worst": _worst(wording),
        "notes": [words.of("paper", "draft", draft.value) for draft in content.draft]
        + _own_roots(wording)
        + [*requirements.notes(wording)]
        + _demo(wording),
    }


def _worst(wording: Wording) -> list[str]:
    """What keeps the site from a clean pass, the worst first; what has no room is told on the next page."""
    told = deviations.worst(wording)
    more = [wording.words.plural("paper.worst.more", len(told) - _WORST)] if len(told) > _WORST else []
    return [*(clip(line, _LINE) for line in told[:_WORST]), *more]


def _own_roots(wording: Wording) -> list[str]:
    """A site that was judged by other roots than the station's was not seen as the station sees it."""
    custom = wording.content.profile.trust_anchors == CUSTOM
    return [wording.words.text("paper.method.custom-anchors")] if custom else []


def _demo(wording: Wording) -> list[str]:
    return [wording.words.text("demo.banner")] if wording.content.demo else []


def _site(wording: Wording) -> list[tuple[str, str]]:
    content = wording.content
    site = content.site
    return wording.pairs(
        name=site.name,
        address=", ".join(filter(None, (site.street, f"{site.postcode} {site.town}".strip()))),
        customer=site.customer,
        network_owner=_contact(site.network_owner),
        connection=_connection(wording),
        order=content.order_no,
        measured=_measured(wording),
    )


def _contact(contact: Contact) -> str:
    return ", ".join(filter(None, (contact.name, contact.phone or contact.email)))


def _connection(wording: Wording) -> str:
    """The connection with its network; where stations have different ones, each with how many they are."""
    content = wording.content
    of_stations = Counter(s.connection for s in content.stations if s.connection)
    used = [c for c in Connection if c in of_stations] or [c for c in (content.connection,) if c]
    table = "connection" if len(used) == 1 else "short-connection"
    parts = []
    for connection in used:
        name = wording.words.of("paper", table, connection.value).replace("-", UNBROKEN)
        parts.append(f"{name}, {content.ssid}" if connection is Connection.WIFI and content.ssid else name)
        if len(used) > 1:
            parts[-1] += f"{NBSP}({of_stations[connection]})"
    return "; ".join(parts)


def _measured(wording: Wording) -> str:
    """The day or days on which it was measured."""
    days = [record.started.date() for record in wording.content.records if not record.outdated]
    return " – ".join(dict.fromkeys(wording.words.show(day) for day in (min(days), max(days)))) if days else ""


def _installer(wording: Wording) -> list[tuple[str, str]]:
    installer, tool = wording.content.installer, wording.content.tool
    return wording.pairs(
        company=installer.company,
        org_no=installer.org_no,
        person=installer.person,
        phone=installer.phone,
        email=installer.email,
        computer=tool.system,
        profile=_profile(wording),
    )


def _profile(wording: Wording) -> str:
    profile = wording.content.profile
    return f"{profile.name} {profile.version}"


def _tiles(wording: Wording) -> list[Mapping[str, str]]:
    """Every area that counts, in the order of the checks."""
    areas = wording.content.areas
    return [_tile(wording, area, areas[area.value]) for area in Area if area.value in areas]


def _tile(wording: Wording, area: Area, state: State) -> Mapping[str, str]:
    words = wording.words
    return {
        "tone": cells.TONES[state],
        "name": words.of("paper", "area", area.value),
        "word": words.of("paper", "state", state.value),
    }


def _stations(wording: Wording) -> dict[str, Any]:
    """All of them, and the worst for where there is not room for all; the next pages have every one."""
    words, all_of_them = wording.words, wording.content.stations
    worst = sorted(all_of_them, key=lambda s: list(State).index(s.state))
    rest = "part" if all(s.state is State.PASS for s in all_of_them) else "rest"
    return {
        "heading": words.text("paper.stations"),
        "columns": stations.columns(wording),
        "rows": [stations.line(wording, station) for station in all_of_them[:_MOST]],
        "worst": [stations.line(wording, station) for station in worst[:_MOST]],
        "total": len(all_of_them),
        "rest": words.of("paper", "stations", rest, n="{n}", total=len(all_of_them)),
        "absent": "" if all_of_them else words.text("paper.stations.none"),
    }


def _signature(wording: Wording, sha256: str) -> dict[str, Any]:
    content, words = wording.content, wording.words
    numbers = [content.certificate_id, words.text("paper.revision", n=content.revision)]
    if content.replaces:
        old = content.replaces
        numbers.append(words.text("paper.replaces", number=old.certificate_id, revision=old.revision))
    unsigned = bool({Draft.UNSIGNED, Draft.EXPIRED} & set(content.draft))
    return {
        "heading": words.text("paper.signature"),
        "statement": words.text("paper.statement"),
        "pairs": [
            *wording.pairs(number=", ".join(numbers), issued=wording.moment(content.issued)),
            (words.text("paper.label.hash"), cells.mono(groups(sha256[:32]))),
        ],
        "empty": words.text("paper.unsigned") if unsigned else "",
        "unknown": words.text("paper.unknown-signer"),
    }
