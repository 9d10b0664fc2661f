"""Writing files so that a crash or a full disk leaves the old file or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from .errors import BadInput

LARGEST = 64 * 2**20


def write(path: Path, data: bytes, *, keep: Path | None = None, check: Callable[[Path], None] | None = None) -> None:
    """Write atomically and durably; `keep` receives the file that was there before.

    `check` is given the finished file before it takes its place; what it raises leaves the old one.
    Raises BadInput when the system refuses, or where `path` is a device or a folder; then it is as it was.
    """
    try:
        if path.exists() and not path.is_file():
            raise BadInput("input.not-a-file", file=str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if check is not None:
                check(temporary)
            if keep is not None and path.exists():
                _copy(path, keep)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BadInput("input.unwritable", file=str(path), cause=error.strerror or "") from None
    _sync_folder(path.parent)


def remove(path: Path) -> None:
    """Delete a file, if it is there. Raises BadInput when the system refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput("input.unwritable", file=str(path), cause=error.strerror or "") from None


def missing(path: Path) -> bool:
    """True where there is nothing of that name; what cannot be looked at is there, and reading it says why not."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        pass
    return False


def are_same(one: Path, other: Path) -> bool:
    """Whether both names lead to one file that is there."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """What cannot be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def must_be_file(path: Path) -> None:
    """Raises BadInput where there is no ordinary file of that name that may be read: a pipe would be waited for."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput("input.not-a-file", file=str(path))
        path.open("rb").close()
    except FileNotFoundError:
        raise BadInput("input.no-such-file", file=str(path)) from None
    except OSError as error:
        raise BadInput("input.unreadable", file=str(path), cause=error.strerror or "") from None


def read(path: Path) -> bytes:
    """The whole file. Raises BadInput when it cannot be read, or is larger than any file of ours."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput("input.unreadable", file=str(path), cause=error.strerror or "") from None
    if len(data) > LARGEST:
        raise BadInput("input.too-large", file=str(path))
    return data


def _copy(source: Path, target: Path) -> None:
    """A copy that is itself complete before it replaces an older one."""
    fresh = target.with_name(f".{target.name}.new")
    try:
        shutil.copy2(source, fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable where the system can (POSIX; Windows has no such call)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
