"""The evidence of looks beside the jobs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from installer_gui.domain.job import Job
from installer_gui.session import powerline_evidence
from installer_gui.session.powerline_kept import MOST_LOOKS, keep, kept

JOB = Job("MKVE-0M33-FEH2", datetime(2026, 11, 25, tzinfo=UTC), "zaptec-pro")


def evidence(number: int) -> bytes:
    return json.dumps({"schema": powerline_evidence.SCHEMA, "number": number}).encode()


def test_the_latest_looks_of_a_job_are_kept(tmp_path: Path) -> None:
    assert kept(tmp_path, JOB) == ()
    for number in range(MOST_LOOKS + 2):
        keep(tmp_path, JOB, evidence(number))
    assert [look["number"] for look in kept(tmp_path, JOB)] == list(range(2, MOST_LOOKS + 2))


@pytest.mark.parametrize("text", ["", "{}", "[1, {}]", "[" * 5000, '[{"schema": "other"}]'])
def test_what_is_no_evidence_counts_as_none(tmp_path: Path, text: str) -> None:
    keep(tmp_path, JOB, evidence(1))
    (path,) = (tmp_path / "powerline").iterdir()
    path.write_text(text)
    assert kept(tmp_path, JOB) == ()


def test_a_number_that_is_a_path_names_no_file(tmp_path: Path) -> None:
    foreign = Job("../../X", JOB.created, JOB.profile)
    keep(tmp_path, foreign, evidence(1))
    assert (kept(tmp_path, foreign), list(tmp_path.rglob("*"))) == ((), [])
