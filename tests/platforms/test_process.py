import asyncio
import os
import sys

import pytest

from installer_gui.platforms import process
from installer_gui.ports.unavailable import Reason, Unavailable

PYTHON = sys.executable


def test_a_program_says_what_it_wrote_and_how_it_ended():
    finished = process.run(PYTHON, "-c", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert finished == process.Finished(3, "out\n", "err\n")


def test_it_speaks_the_c_locale_and_reads_nothing_from_us():
    script = "import os, sys; print(os.environ['LC_ALL'], repr(sys.stdin.read()))"
    assert asyncio.run(process.run_async(PYTHON, "-c", script)).out == "C ''\n"


def test_arguments_are_never_read_by_a_shell():
    assert process.run("echo", "$HOME; id").out == "$HOME; id\n"


def test_a_frozen_programs_libraries_are_not_lent_to_others(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/frozen")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/own")
    script = "import os; print(os.environ['LD_LIBRARY_PATH'], 'LD_LIBRARY_PATH_ORIG' in os.environ)"
    assert process.run(PYTHON, "-c", script).out == "/own False\n"


@pytest.mark.parametrize(
    ("command", "reason"),
    [(("no-such-program",), Reason.UNSUPPORTED), ((PYTHON, "-c", "import time; time.sleep(9)"), Reason.TIMEOUT)],
)
def test_what_cannot_run_or_does_not_end_is_unavailable(command, reason):
    with pytest.raises(Unavailable) as unavailable:
        process.run(*command, timeout_s=0.2)
    assert unavailable.value.reason is reason


def test_a_file_that_may_not_run_needs_privilege(tmp_path):
    file = tmp_path / "tool"
    file.write_text("")
    with pytest.raises(Unavailable) as unavailable:
        process.run(os.fspath(file))
    assert unavailable.value.reason is Reason.NEEDS_PRIVILEGE


def test_a_flood_of_output_is_cut():
    assert len(process.run(PYTHON, "-c", "print('x' * 3_000_000)").out) == process.MOST_BYTES
