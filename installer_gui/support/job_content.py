"""A job as the content of a certificate that nobody has signed: the form in which everything here reads a job."""

from __future__ import annotations

from datetime import datetime

from ..certificate.collect import Occasion, collect
from ..certificate.content import Content, Draft, Renderer
from ..domain.job import Job
from ..domain.profile import Profile
from ..session import jobs, plan

_UNDRAWN = Renderer("", "", "")


def content_of(job: Job, profile: Profile, language: str, now: datetime) -> Content:
    """What a certificate of the job would say now. The same input gives the same content; the number is the job's."""
    occasion = Occasion(job.id, now, language, _UNDRAWN, draft=(Draft.UNSIGNED,))
    return collect(job, jobs.judged(job, profile), plan.rules(profile), profile, occasion)
