"""A person's answers as words of the command line: `terminals=yes cable=70`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ..checks import confirmation, wifi_channel
from ..checks.confirmation import Answer
from ..domain.finding import SITE, station
from ..domain.job import Job
from ..domain.profile import Profile
from ..errors import BadInput
from ..session import channel, confirm

_WORDS = {"yes": True, "ja": True, "no": False, "nej": False, "nei": False}
_CHANNEL = (wifi_channel.INFO.id, wifi_channel.LOCK_INFO.id)


def answered(
    job: Job,
    check: str,
    stations: Sequence[str],
    said: Iterable[str],
    by: str,
    at: datetime,
    profile: Profile,
    photos: tuple[str, ...] = (),
) -> Job:
    """The job with the answers to one check, for the site or for each of the named stations. Raises BadInput."""
    if check in _CHANNEL:
        if not by:
            raise BadInput("input.no-name")
        return channel.confirm(job, by, at, profile)
    asked = confirmation.BY_ID.get(check)
    if asked is not None and asked.per_station and not stations:
        raise BadInput("input.which-station", check=check)
    answers = dict(map(_answer, said)) or _bare_yes(check)
    for subject in map(station, stations) if stations else (SITE,):
        job = confirm.confirm(job, check, subject, answers, by, at, photos)
    return job


def _bare_yes(check: str) -> dict[str, Answer]:
    """To confirm a check of one yes-or-no question is to say yes to it."""
    asked = confirmation.BY_ID.get(check)
    match asked.questions if asked else ():
        case (question,) if not question.unit:
            return {question.id: True}
        case _:
            return {}


def _answer(text: str) -> tuple[str, Answer]:
    question, _, answer = text.partition("=")
    if (word := _WORDS.get(answer.strip().lower())) is not None:
        return question.strip(), word
    try:
        return question.strip(), float(answer.replace(",", ".").replace("−", "-"))
    except ValueError:
        raise BadInput("input.bad-answer", question=question, answer=answer) from None
