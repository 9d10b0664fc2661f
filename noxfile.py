"""The checks, driven by `python3 dev.py test`. All sessions share the pinned environment that dev.py made."""

from __future__ import annotations

import os
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "architecture", "tests"]
nox.options.stop_on_first_error = False


@nox.session
def lint(session: nox.Session) -> None:
    """Form and common faults."""
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types, for each of the three systems."""
    for system in ("linux", "win32", "darwin"):
        session.run("mypy", "--platform", system, "--cache-dir", f".mypy_cache/{system}")
    for system in ("Linux", "Windows", "Darwin"):
        session.run("pyright", "--warnings", "--pythonplatform", system)


@nox.session
def architecture(session: nox.Session) -> None:
    """The layers."""
    session.run("lint-imports", "--no-cache")


@nox.session
def tests(session: nox.Session) -> None:
    """All tests that fit into minutes: side by side, then alone what keeps time."""
    if session.posargs:
        session.run("pytest", *session.posargs)
        return
    alone = ("tests/lab", "tests/gui")
    session.run("pytest", "-n", "4", "--dist", "loadfile", *(f"--ignore={folder}" for folder in alone))
    session.run("pytest", "-n", "2", "--dist", "loadfile", *alone)


@nox.session
def walk(session: nox.Session) -> None:
    """Whole jobs by mouse and by keyboard, killed on the way, in every language; the suite walks each in one."""
    walks = ("tests/gui/test_walk.py", "tests/gui/test_big_walk.py")
    session.run("pytest", *walks, *session.posargs, env={"DRIFTKLAR_WALK": "all"})


@nox.session
def bench(session: nox.Session) -> None:
    """The budgets of speed, each as a ratio within one run; exit code 1 when one is exceeded."""
    with session.chdir("tests"):
        for budget in sorted(Path("bench").glob("[!_]*.py")):
            session.run("python", "-m", f"bench.{budget.stem}", *session.posargs)


@nox.session
def audit(session: nox.Session) -> None:
    """Every page in every language, size, theme and state, and 10,000 random events; a picture of each is kept."""
    folder = Path("build/audit").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    files = ("tests/gui/test_audit.py", "tests/gui/test_monkey.py", "tests/gui/test_language.py")
    session.run("pytest", "-q", "-n", "2", *files, *session.posargs, env={"DRIFTKLAR_AUDIT": str(folder)})


@nox.session
def screenshots(session: nox.Session) -> None:
    """The pictures of the guides and of the README, taken on a played site."""
    session.run("python", "packaging/screenshots.py", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """A million damaged inputs for every codec; only the documented error may come out."""
    for codec in sorted(Path("tests/fuzz").glob("[!_]*.py")):
        session.run("python", str(codec), *(session.posargs or ["1000000"]))


@nox.session
def radio(session: nox.Session) -> None:
    """Virtual radios on a real kernel: five minutes, and a lab beside the project (tests/lab/wifi/README.md)."""
    _lab(session, "DRIFTKLAR_WIFI_LAB", "tests/lab/wifi/run.py")


@nox.session
def windows(session: nox.Session) -> None:
    """A Windows Python under Wine: some minutes, and a lab beside the project (tests/lab/windows/README.md)."""
    _lab(session, "DRIFTKLAR_WINDOWS_LAB", "tests/lab/windows/run.py")


def _lab(session: nox.Session, folder: str, jobs: str) -> None:
    if folder not in os.environ:
        session.skip(f"{folder} is not set")
    session.run("python", jobs, *session.posargs)


@nox.session
def freeze(session: nox.Session) -> None:
    """Build the program as one folder for this system and let it try itself."""
    session.run("pyinstaller", "--noconfirm", "--distpath", "dist", "--workpath", "build", "packaging/driftklar.spec")
    session.run("dist/driftklar/driftklar", "--selftest", external=True, env={"DRIFTKLAR_HOME": session.create_tmp()})


@nox.session
def lock(session: nox.Session) -> None:
    """Pin the dependencies again; no registry addresses are recorded."""
    options = (
        "--universal",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-header",
        "--python-version",
        "3.11",
        "-q",
    )
    compile_ = ("uv", "pip", "compile", *options, *session.posargs)
    session.run(*compile_, "--group", "build", "-o", "requirements/runtime.txt", "pyproject.toml")
    dev = ("-c", "requirements/runtime.txt", "--group", "build", "--group", "dev")
    session.run(*compile_, *dev, "-o", "requirements/dev.txt", "pyproject.toml")
