"""How a whole job stands, in twenty characters that are said over the phone and understood without a network.

the layout's number (1 character) · the matrix as one number in mixed radix (17) · a check (2)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

from .. import checks
from ..domain.job import Connection, Job
from ..domain.profile import Profile
from ..domain.verdict import Judgement, State, Verdict
from ..errors import BadInput
from ..session.stations import MOST
from . import code_layout, symbols
from .code_layout import Layout

LENGTH = 20
_BASE, _DIGITS = len(symbols.ALPHABET), LENGTH - 3
_ROOM = _BASE**_DIGITS
_SCATTER = 23909031884773284351210393  # odd, and near to the golden section of _ROOM: few zeros in a row to be counted
_CONNECTIONS = (None, *Connection)
_STATES, _VERDICTS = tuple(State), tuple(Verdict)
_GOOD = (State.PASS, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Matrix:
    """What a code says: the state of every check of the connection, for a check of stations the worst among them.

    `clean` of the `stations` have no remark. `beyond`: a check that the code does not hold is not as it should be, as
    one of another connection.
    """

    layout: Layout
    connection: Connection | None
    verdict: Verdict
    demo: bool
    beyond: bool
    states: Mapping[str, State]
    stations: int
    clean: int


def matrix(job: Job, judgement: Judgement, profile: Profile) -> Matrix:
    """How a job stands. Raises BadInput where the profile has no layout."""
    layout = code_layout.of(profile)
    found: dict[str, set[State]] = {}
    by_station: dict[str, set[State]] = {s.id: set() for s in job.stations}
    for result in judgement.results:
        found.setdefault(result.info.id, set()).add(result.state)
        if result.subject.kind == "station" and result.subject.name in by_station:
            by_station[result.subject.name].add(result.state)
    states = _unseen(layout, job.connection, profile)
    return Matrix(
        layout,
        job.connection,
        judgement.verdict,
        bool(job.demo),
        any(r.counts and r.state not in _GOOD and r.info.id not in states for r in judgement.results),
        {check: _worst(found[check]) if check in found else state for check, state in states.items()},
        len(by_station),
        sum(bool(seen) and _worst(seen) is State.PASS for seen in by_station.values()),
    )


def encode(matrix: Matrix) -> str:
    """The code, in five groups of four. Raises BadInput for more stations than a job can have."""
    if matrix.stations > MOST:
        raise BadInput("code.too-many-stations", count=matrix.stations)
    number = matrix.stations * (matrix.stations + 1) // 2 + matrix.clean  # clean ones are never more than all
    for value, radix in reversed(tuple(_parts(matrix))):
        number = number * radix + value
    assert number < _ROOM, "a layout with more checks needs longer codes"
    scattered = number * _SCATTER % _ROOM
    digits = [scattered // _BASE**place % _BASE for place in reversed(range(_DIGITS))]
    return symbols.spoken(symbols.with_check([matrix.layout.number, *digits]))


def decode(text: str) -> Matrix:
    """What a code says, however it was written down.

    Raises BadInput for one that was misheard, and NotOurs for one from a newer version of this program.
    """
    heard = symbols.heard(text)
    if any(heard) and len(heard) % symbols.GROUP == 0 and symbols.is_whole(heard):
        layout = code_layout.numbered(heard[0])
        if len(heard) == LENGTH:
            return _read(layout, heard[1 : 1 + _DIGITS])
    elif len(heard) == LENGTH:
        raise BadInput("code.misheard")
    raise BadInput("code.length", count=len(heard), length=LENGTH)


def _read(layout: Layout, digits: Sequence[int]) -> Matrix:
    number = 0
    for digit in digits:
        number = number * _BASE + digit
    number = number * pow(_SCATTER, -1, _ROOM) % _ROOM

    def next_of(radix: int) -> int:
        nonlocal number
        number, value = divmod(number, radix)
        return value

    connection = _CONNECTIONS[next_of(len(_CONNECTIONS))]
    verdict, demo, beyond = _VERDICTS[next_of(len(_VERDICTS))], bool(next_of(2)), bool(next_of(2))
    states = {check: _STATES[next_of(len(_STATES))] for check in layout.checks(connection)}
    stations = (isqrt(8 * number + 1) - 1) // 2
    if stations > MOST:
        raise BadInput("code.misheard")
    return Matrix(layout, connection, verdict, demo, beyond, states, stations, number - stations * (stations + 1) // 2)


def _parts(matrix: Matrix) -> Iterator[tuple[int, int]]:
    """Every part but the stations as a digit and its radix, in the order in which they are read."""
    yield _CONNECTIONS.index(matrix.connection), len(_CONNECTIONS)
    yield _VERDICTS.index(matrix.verdict), len(_VERDICTS)
    yield int(matrix.demo), 2
    yield int(matrix.beyond), 2
    for check in matrix.layout.checks(matrix.connection):
        yield _STATES.index(matrix.states[check]), len(_STATES)


def _unseen(layout: Layout, connection: Connection | None, profile: Profile) -> dict[str, State]:
    """How a check stands of which nothing is known: not tested, if it is ever made on this connection."""
    run = (check.info for check in checks.network(profile, connection or Connection.ETHERNET))
    made = {info.id for info in (*run, *checks.ASKED)}
    return {c: State.NOT_MEASURED if c in made else State.NOT_APPLICABLE for c in layout.checks(connection)}


def _worst(states: set[State]) -> State:
    """What could not be tried at one place is no better for having been tried at another."""
    if len(states) > 1 and State.NOT_APPLICABLE in states:
        states = states | {State.NOT_MEASURED}
    return min(states, key=_STATES.index)
