"""A screen reader's view of the wizard: run by the system's Python, which has the bindings. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

PATIENCE_S = 20.0


def wait(find: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := find():
            return found
        time.sleep(0.1)
    raise TimeoutError(find.__name__)


def application() -> Any:
    desktop = Atspi.get_desktop(0)
    names = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
    return next((app for app in names if app and app.get_name() == "Driftklar" and app.get_child_count()), None)


def nodes(root: Any) -> Iterator[Any]:
    yield root
    for at in range(root.get_child_count()):
        if (child := root.get_child_at_index(at)) is not None:
            yield from nodes(child)


def shown(root: Any) -> list[Any]:
    wanted = (Atspi.StateType.SHOWING, Atspi.StateType.VISIBLE)
    return [node for node in nodes(root) if all(node.get_state_set().contains(state) for state in wanted)]


def told(node: Any) -> dict[str, Any]:
    states = node.get_state_set()
    return {
        "role": node.get_role_name(),
        "name": node.get_name(),
        "focusable": states.contains(Atspi.StateType.FOCUSABLE),
        "focused": states.contains(Atspi.StateType.FOCUSED),
    }


def main() -> int:
    app = wait(application)
    first = [told(node) for node in shown(app)]
    press = sys.argv[1]
    button = wait(lambda: next((n for n in shown(app) if n.get_name() == press), None))
    button.get_action_iface().do_action(0)
    code = wait(lambda: next((n.get_name() for n in shown(app) if "B1-" in (n.get_name() or "")), None))
    second = [told(node) for node in shown(app)]
    sys.stdout.write(json.dumps({"first": first, "second": second, "code": code}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
