"""A job survives crashes, full disks, damage and time: what is on the disk is the old job or the new one."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui import files
from installer_gui.domain.job import Job, Site
from installer_gui.errors import BadInput, NotOurs
from installer_gui.session import store

JOB = Job("7K3M-9Q2X-0ABC", datetime(2026, 11, 22, 14, 5, tzinfo=UTC), "zaptec-pro", site=Site("Brf Solen 🌞"))


def named(name: str) -> Job:
    return replace(JOB, site=Site(name))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "solen.dkjob"


def test_a_job_is_read_as_it_was_written(path: Path) -> None:
    store.save(JOB, path)
    assert store.load(path) == JOB


def test_the_file_is_json_that_says_what_it_is(path: Path) -> None:
    store.save(JOB, path)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["schema"] == "driftklar.job/1"
    assert document["job"]["site"]["name"] == "Brf Solen 🌞"


def test_the_job_before_is_kept_beside_it_and_only_that_one(path: Path) -> None:
    for name in ("one", "two", "three"):
        store.save(named(name), path)
    assert store.load(store.earlier_copy(path)) == named("two")
    assert sorted(p.name for p in path.parent.iterdir()) == ["solen.dkjob", "solen.previous.dkjob"]


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe\x00", b"[]", b'{"schema": "driftklar.job/1", "job": {}}'])
def test_a_damaged_job_is_left_as_it_is_and_the_copy_is_offered(path: Path, damage: bytes) -> None:
    store.save(named("one"), path)
    store.save(named("two"), path)
    path.write_bytes(damage)
    with pytest.raises(store.DamagedJob) as caught:
        store.load(path)
    assert caught.value.earlier is not None
    assert store.load(caught.value.earlier) == named("one")
    assert path.read_bytes() == damage


def test_saving_over_a_damaged_job_keeps_both_the_damage_and_the_good_copy(path: Path) -> None:
    store.save(named("one"), path)
    store.save(named("two"), path)
    path.write_bytes(b"damaged")
    store.save(named("three"), path)
    assert store.load(path) == named("three")
    assert store.load(store.earlier_copy(path)) == named("one")
    assert path.with_name("solen.damaged.dkjob").read_bytes() == b"damaged"


def test_without_a_copy_that_can_be_opened_none_is_offered(path: Path) -> None:
    path.write_bytes(b"damaged")
    store.earlier_copy(path).write_bytes(b"damaged too")
    with pytest.raises(store.DamagedJob) as caught:
        store.load(path)
    assert (caught.value.earlier, caught.value.code) == (None, "input.job-damaged")


@pytest.mark.parametrize("number", ["", "../../etc/passwd", "a/b", "a\\b", "C:", "x" * 41, "a\n"])
def test_a_number_that_could_lead_out_of_the_folder_is_damage(path: Path, number: str) -> None:
    path.write_bytes(store.encode(replace(JOB, id=number)))
    with pytest.raises(store.DamagedJob) as caught:
        store.load(path)
    assert caught.value.values["key"] == "job.id"


def test_damage_is_told_with_its_place(path: Path) -> None:
    for damage, key in ((b'{"schema": "driftklar.job/1",\n "job": nonsense}', "2:9"), (b"\xff", "JSON")):
        path.write_bytes(damage)
        with pytest.raises(store.DamagedJob) as caught:
            store.load(path)
        assert caught.value.values["key"] == key
    path.write_bytes(store.encode(JOB).replace(b'"zaptec-pro"', b"7"))
    with pytest.raises(store.DamagedJob) as caught:
        store.load(path)
    assert caught.value.values["key"] == "job.profile"


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ("driftklar.job/2", "input.newer-job"),
        ("driftklar.job/0", "input.not-a-job"),
        ("driftklar.job/²", "input.not-a-job"),
        ("driftklar.job/" + "9" * 5000, "input.not-a-job"),
        ("driftklar.run/1", "input.not-a-job"),
        (None, "input.not-a-job"),
        (["driftklar.job/1"], "input.not-a-job"),
    ],
)
def test_what_another_program_or_a_newer_version_wrote_is_refused(path: Path, schema: object, code: str) -> None:
    path.write_text(json.dumps({"schema": schema, "job": {}}))
    with pytest.raises(NotOurs) as caught:
        store.load(path)
    assert caught.value.code == code


@given(st.binary(max_size=200))
def test_garbage_is_refused_in_one_way_or_the_other(garbage: bytes) -> None:
    with pytest.raises((BadInput, store._DamageError)):
        store.decode(garbage, "x")


def test_a_key_beside_the_job_that_is_not_in_the_schema_is_damage(path: Path) -> None:
    path.write_text(json.dumps(json.loads(store.encode(JOB)) | {"more": 1}), encoding="utf-8")
    with pytest.raises(store.DamagedJob) as caught:
        store.load(path)
    assert caught.value.values["key"] == "more"


@pytest.mark.parametrize("depth", [1000, 100_000])
def test_endless_brackets_are_damage(path: Path, depth: int) -> None:
    path.write_bytes(b"[" * depth)
    with pytest.raises(store.DamagedJob):
        store.load(path)


def test_a_name_that_no_file_can_hold_is_saved_with_a_mark_in_its_place(path: Path) -> None:
    store.save(named("half \ud83d"), path)
    assert store.load(path).site.name == "half ?"


def test_jobs_are_listed_last_changed_first_without_their_copies(tmp_path: Path) -> None:
    for age, name in enumerate(("new", "middle", "old")):
        file = tmp_path / f"{name}.dkjob"
        store.save(JOB, file)
        store.save(JOB, file)
        os.utime(file, (time.time() - age * 60,) * 2)
    (tmp_path / "new.damaged.dkjob").write_bytes(b"x")
    assert [p.stem for p in store.jobs_in(tmp_path)] == ["new", "middle", "old"]
    assert list(store.jobs_in(tmp_path / "absent")) == []


@pytest.mark.parametrize("step", ["fsync", "copy2", "replace"])
def test_a_disk_that_fails_at_any_step_leaves_the_old_job(
    path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    store.save(named("one"), path)
    owner = {"fsync": files.os, "copy2": files.shutil, "replace": files.Path}[step]
    with monkeypatch.context() as broken:
        broken.setattr(owner, step, full)
        with pytest.raises(BadInput) as caught:
            store.save(named("two"), path)
    assert (caught.value.code, caught.value.values["cause"]) == ("input.unwritable", "No space left on device")
    assert store.load(path) == named("one")
    assert [p.name for p in path.parent.iterdir()] == ["solen.dkjob"]


WRITER = """
import sys
from pathlib import Path
from dataclasses import replace
from installer_gui.domain.job import Site
from installer_gui.session import store
path = Path(sys.argv[1])
job = store.load(path)
print("ready", flush=True)
for n in range(1_000_000):
    store.save(replace(job, site=Site(str(n) * 5000)), path)
"""


def test_a_kill_at_any_moment_leaves_a_whole_job_and_a_whole_copy(path: Path) -> None:
    store.save(JOB, path)
    store.save(JOB, path)
    for _ in range(8):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(random.uniform(0.01, 0.15))
            writer.send_signal(signal.SIGKILL)
        store.load(path)
        store.load(store.earlier_copy(path))
