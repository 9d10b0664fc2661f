"""A site: a laptop, a router and an internet, each in a network namespace of its own, inside one private set of
namespaces. Nothing of it is on the machine's network, and nothing outlives its first process."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

ROOT = Path(__file__).resolve().parents[2]
NETWORK = Path(__file__).with_name("network.sh")
CLONE_NEWNET = 0x40000000
READY_S = 5.0
T = TypeVar("T")
Ready = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Started:
    """A server that runs, or should."""

    process: subprocess.Popen[bytes]
    namespace: str
    ready: Ready


class Site:
    """Networks without any server in them. `build.build` makes a whole site of a blueprint."""

    def __init__(self) -> None:
        unshare = ("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child")
        folders = {sys.base_prefix, sys.prefix, str(ROOT)}
        self._first = subprocess.Popen(
            [*unshare, "sh", "-e", str(NETWORK), *sorted(folders)],
            stdin=subprocess.PIPE,  # its end, even by our death, ends the site
            stdout=subprocess.PIPE,
            text=True,
        )
        self._started: dict[str, Started] = {}
        assert self._first.stdout is not None
        self.pid = int(self._first.stdout.readline() or 0)
        if not self.pid:
            self.close()
            raise RuntimeError("the site's networks could not be built")
        self.inner = Path("/run/site")
        self.outer = Path(f"/proc/{self.pid}/root/run/site")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End every process of the site; its files and networks go with them."""
        assert self._first.stdin is not None
        assert self._first.stdout is not None
        self._first.stdin.close()
        self._first.wait(READY_S)
        self._first.stdout.close()
        for server in self._started.values():
            server.process.wait(READY_S)

    def write(self, name: str, content: str) -> str:
        """Put a file into the site; its path as the site's processes see it."""
        path = self.outer / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return str(self.inner / name)

    def read(self, name: str) -> str:
        """A file of the site, such as a log; "" when nobody wrote it."""
        path = self.outer / name
        return path.read_text(errors="replace") if path.exists() else ""

    def run(
        self, namespace: str, *command: str, text: str = "", timeout: float = 30, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end in one of the site's networks; `text` is its standard input."""
        return subprocess.run(
            self.inside(namespace, *command),
            input=text,
            capture_output=True,
            text=True,
            timeout=timeout,
            env=env,
            cwd=ROOT,
            check=False,
        )

    def shell(self, namespace: str, script: str) -> None:
        """Run a script that must succeed."""
        done = self.run(namespace, "sh", "-e", text=script)
        if done.returncode:
            raise RuntimeError(f"{script}\n{done.stderr}")

    def start(self, name: str, namespace: str, *command: str, ready: Ready) -> None:
        """Start a server; `ready` tells, in its network, whether it is there. What it prints is in NAME.log."""
        with (self.outer / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                self.inside(namespace, *command), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT
            )
        self._started[name] = Started(process, namespace, ready)

    def ready(self) -> None:
        """Wait until all servers listen, at most some seconds. Raises with the log of one that does not."""
        limit = time.monotonic() + READY_S
        for name, server in self._started.items():
            while not self.at(server.namespace, server.ready):
                ended = server.process.poll()
                if ended is not None or time.monotonic() > limit:
                    raise RuntimeError(f"{name} is not there (exit {ended}): {self.read(f'{name}.log')}")
                time.sleep(0.02)

    def at(self, namespace: str, function: Callable[[], T]) -> T:
        """Call a function in one of the site's networks: sockets that it opens belong there."""
        results: list[T] = []
        errors: list[BaseException] = []

        def work() -> None:
            try:
                self._enter(namespace)
                results.append(function())
            except BaseException as error:  # noqa: BLE001 - it is raised again where the function was called
                errors.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        if errors:
            raise errors[0]
        return results[0]

    def inside(self, namespace: str, *command: str) -> list[str]:
        """What to run outside to have a program run inside."""
        enter = ("nsenter", "--target", str(self.pid), "--mount", "--net", "--pid")
        return [*enter, "ip", "netns", "exec", namespace, *command]

    def _enter(self, namespace: str) -> None:
        """Move this thread; the standard library can do it from Python 3.12 on."""
        handle = os.open(f"/proc/{self.pid}/root/run/netns/{namespace}", os.O_RDONLY)
        try:
            if ctypes.CDLL(None, use_errno=True).setns(handle, CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        finally:
            os.close(handle)
