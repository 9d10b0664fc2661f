"""What only a person can tell: the questions, and what each answer means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from ..domain.check import Area, CheckInfo
from ..domain.finding import SITE, Code, Finding, Quantity, Responsible, Scale, Severity, Subject, Value
from ..domain.outcome import Measured
from ..errors import BadInput
from . import plc_codes

Answer = bool | int | float
BELOW_ZERO = frozenset({"dBm"})  # all other units count something
INSTALLER, OWNER = Responsible.INSTALLER, Responsible.NETWORK_OWNER


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is answered with yes or no; with a `unit` its yes is a number instead.

    `yes` may be a scale for the number. Without `no` there is nothing to say no to. Its words are in the catalogue
    under "question.<check>.<id>".
    """

    id: str
    yes: Code | Scale
    no: Code | None = None
    unit: str = ""

    def finding(self, answer: Answer, subject: Subject, said: Mapping[str, Value]) -> Finding:
        """Raises BadInput for an answer that the question does not take."""
        if answer is False and self.no is not None:
            return Finding(self.no.name, subject, said)
        if (number := self._number(answer)) is not None:
            return Finding(self.yes.name, subject, {**said, "value": Quantity(number, self.unit)})
        if answer is True and not self.unit:
            return Finding(self.yes.name, subject, said)
        raise BadInput("input.bad-answer", question=self.id, answer=str(answer))

    def _number(self, answer: object) -> int | float | None:
        if not self.unit or isinstance(answer, bool) or not isinstance(answer, int | float) or not isfinite(answer):
            return None
        return answer if answer >= 0 or self.unit in BELOW_ZERO else None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A check that a person answers, about the site or about each station.

    `measured`: what else can be said of the same: by a measurement, or by a worksheet.
    """

    id: str
    area: Area
    questions: tuple[Question, ...]
    per_station: bool = False
    measured: tuple[Code | Scale, ...] = ()

    @property
    def info(self) -> CheckInfo:
        weights = [*(w for q in self.questions for w in (q.yes, q.no)), *self.measured]
        codes = tuple(w for w in weights if isinstance(w, Code))
        return CheckInfo(self.id, self.area, codes, tuple(w for w in weights if isinstance(w, Scale)))

    def answered(
        self,
        answers: Mapping[str, Answer],
        by: str,
        at: datetime,
        subject: Subject = SITE,
        photos: tuple[str, ...] = (),
    ) -> Measured:
        """The outcome of a check whose questions have all been answered, by whom and when; `photos` are digests.

        Raises BadInput when a question is left open or unknown, an answer does not fit, or nobody stands for it.
        """
        if not by.strip():
            raise BadInput("input.no-name")
        for unknown in answers.keys() - {q.id for q in self.questions}:
            raise BadInput("input.no-such-question", name=unknown)
        for open_one in (q.id for q in self.questions if q.id not in answers):
            raise BadInput("input.unanswered", question=open_one)
        said: dict[str, Value] = {"by": by.strip(), "at": f"{at:%Y-%m-%d %H:%M}"}
        if photos:
            said["photos"] = photos
        return Measured(tuple(q.finding(answers[q.id], subject, said) for q in self.questions))


def _ok(name: str, number: int) -> Code:
    return Code(name, number, Severity.OK)


def _failure(name: str, number: int) -> Code:
    return Code(name, number, Severity.FAILURE, INSTALLER)


def _remark(name: str, number: int) -> Code:
    return Code(name, number, Severity.WARNING, INSTALLER)


_CABLE = Scale("plc.cable", "value", "plc-cable", _ok("plc.cable-short", 620), _failure("plc.cable-long", 621))
_LOAD = Scale(
    "plc.module", "value", "plc-module-stations", _ok("plc.module-room", 622), _remark("plc.module-crowded", 623)
)

PLC_WIRING = Confirmation(
    "plc-wiring",
    Area.PLC,
    (
        Question("terminals", _ok("plc.terminals-right", 610), _failure("plc.terminals-wrong", 611)),
        Question("phase-order", _ok("plc.phase-order-same", 612), _failure("plc.phase-order-mixed", 613)),
        Question("earth", _ok("plc.earth-good", 614), _failure("plc.earth-bad", 615)),
        Question("modules", _ok("plc.module-each-circuit", 616), _failure("plc.module-missing", 617)),
        Question("encrypted", _ok("plc.encrypted", 618), _remark("plc.not-encrypted", 619)),
        Question("cable", _CABLE, unit="m"),
        Question("stations", _LOAD, unit="stations"),
    ),
    measured=plc_codes.SHEET_CODES,
)
PLC_STATION = Confirmation(
    "plc-station",
    Area.PLC,
    (Question("paired", _ok("plc.station-paired", 624), _failure("plc.station-not-paired", 625)),),
    per_station=True,
    measured=(*plc_codes.STATION_CODES, *plc_codes.STATION_SCALES),
)
LTE_SUBSCRIPTION = Confirmation(
    "lte-subscription",
    Area.LTE,
    (Question("active", _ok("lte.subscription-active", 650), _failure("lte.subscription-missing", 651)),),
)
LTE_SIGNAL = Confirmation(
    "lte-signal",
    Area.LTE,
    (Question("signal", _ok("lte.signal-read", 652), _failure("lte.no-signal", 653), unit="dBm"),),
    per_station=True,
)
STATION_ONLINE = Confirmation(
    "station-online",
    Area.STATION,
    (Question("online", _ok("station.online", 700), _failure("station.offline", 701)),),
    per_station=True,
)

ALL = (PLC_WIRING, PLC_STATION, LTE_SUBSCRIPTION, LTE_SIGNAL, STATION_ONLINE)
BY_ID: Mapping[str, Confirmation] = {confirmation.id: confirmation for confirmation in ALL}
