"""What a letter says around its findings, the same on paper and in an e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.finding import Responsible
from ..domain.job import Connection
from ..domain.profile import Protocol
from ..domain.record import latest
from ..i18n import Catalogue
from ..i18n.numbers import NBSP
from .letter import Group, Letter, Opening, Point

WINDOWS, OTHERS = "Windows", "macOS, Linux"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the test afterwards, and what to type for it: on which system, and what."""

    text: str
    commands: tuple[tuple[str, str], ...] = ()


def title(letter: Letter) -> str:
    """A firewall request where that is all there is to do."""
    only_openings = all(g.openings and not g.points for g in letter.groups)
    return letter.words.text("letter.title.firewall" if only_openings else "letter.title.network")


def site(letter: Letter) -> str:
    return letter.content.site.name or letter.words.text("letter.site.unnamed")


def sender(letter: Letter) -> list[str]:
    made = letter.content.installer
    return _named(made.company, made.person, made.phone, made.email)


def recipient(letter: Letter) -> list[str]:
    """Whoever answers for the network, or the party that the letter is for; without a name, in that capacity."""
    contact = letter.recipient
    return _named(contact.name or _capacity(letter), contact.phone, contact.email)


def _capacity(letter: Letter) -> str:
    if letter.to in (None, Responsible.NETWORK_OWNER):
        return letter.words.text("letter.owner.unnamed")
    return letter.words.of("paper", "owner", letter.to)


def intro(letter: Letter) -> str:
    content, words = letter.content, letter.words
    return words.text("letter.intro", site=site(letter), model=content.profile.name)


def facts(letter: Letter) -> list[tuple[str, str]]:
    """Labels and values: which site, and when and from where it was tested."""
    content, words = letter.content, letter.words
    place = content.site
    pairs = [
        (
            words.text("letter.label.site"),
            ", ".join(_named(place.name, place.street, f"{place.postcode} {place.town}")),
        ),
        (words.text("letter.label.stations"), f"{len(content.stations)} {content.profile.name}"),
        (words.text("letter.label.tested"), _days(letter)),
        (words.text("letter.label.from"), _tested_from(letter)),
        (words.text("letter.label.reference"), ", ".join(_named(content.job, content.order_no))),
    ]
    return [(label, value) for label, value in pairs if value]


def heading(letter: Letter, group: Group) -> str:
    return letter.words.of("letter", "group", group.responsible.value)


def lead(letter: Letter, group: Group) -> str:
    """What the reader has to do with a group that is not theirs."""
    own = group.responsible in (Responsible.NETWORK_OWNER, letter.to)
    return "" if own else letter.words.of("letter", "lead", group.responsible.value)


def firewall_rules(letter: Letter) -> list[str]:
    """How to open what has to be opened, so that it stays open."""
    words = letter.words
    rules = [words.text("letter.by-name"), words.text("letter.outgoing-only")]
    if any(opening.protocol is Protocol.NTP for opening in letter.openings):
        rules.append(words.text("letter.time-servers"))
    if any(opening.point.code.startswith("tls.") for opening in letter.openings):
        rules.append(words.text("letter.untouched"))
    return rules


def steps(letter: Letter) -> list[Step]:
    """How to test it afterwards."""
    words = letter.words
    first = [Step(words.text("letter.step.test"), tuple(_commands(letter)))] if letter.openings else []
    return [*first, Step(words.text("letter.step.wait")), Step(words.text("letter.step.call"))]


def service(opening: Opening, words: Catalogue) -> str:
    """What a station uses it for."""
    return words.of("paper", "area", opening.protocol.value)


def numbered(point: Point, words: Catalogue) -> str:
    """Its title, with the number that support asks for."""
    number = words.text("paper.finding-number", number=f"{point.number:03d}")
    return f"{point.title} ({number.replace(' ', NBSP)})"


def closing(letter: Letter) -> str:
    """Who to call."""
    made = letter.content.installer
    who = ", ".join(_named(made.person, made.company, made.phone, made.email))
    return letter.words.text("letter.questions", who=who) if who else ""


def _commands(letter: Letter) -> Iterator[tuple[str, str]]:
    for opening in {(o.host, o.port): o for o in letter.openings}.values():
        host, port = opening.host, opening.port
        if opening.protocol is Protocol.NTP:
            yield WINDOWS, f"w32tm /stripchart /computer:{host} /samples:3 /dataonly"
            yield OTHERS, f"sntp {host}"
        else:
            yield WINDOWS, f"Test-NetConnection {host} -Port {port}"
            yield OTHERS, f"nc -vz {host} {port}"


def _days(letter: Letter) -> str:
    """The day or days on which it was measured."""
    days = [record.started.date() for record in letter.content.records if not record.outdated]
    return " – ".join(dict.fromkeys(letter.words.show(day) for day in (min(days), max(days)))) if days else ""


def _tested_from(letter: Letter) -> str:
    content, words = letter.content, letter.words
    measured = latest(r for r in content.records if not r.outdated).values()
    interfaces = dict.fromkeys(record.interface for record in measured)
    used = {s.connection for s in content.stations} or {content.connection}
    ways = [words.of("connection", connection.value) for connection in Connection if connection in used]
    network = content.ssid if Connection.WIFI in used else ""
    return ", ".join(_named(*ways, network, *interfaces))


def _named(*parts: str) -> list[str]:
    return [part.strip() for part in parts if part.strip()]
