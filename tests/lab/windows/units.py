"""The project's own tests under Windows, without those that are about Linux or that Wine cannot do."""

from __future__ import annotations

from .lab import Lab

TESTED = (
    *("tests/platforms/windows", "tests/platforms/macos", "tests/platforms/net", "tests/platforms/simulated"),
    "tests/platforms/test_powerline.py",
    *("tests/contracts", "tests/domain", "tests/protocols", "tests/profiles", "tests/charts", "tests/session"),
    *("tests/checks/test_endpoint.py", "tests/checks/test_https.py", "tests/checks/test_link.py"),
    *("tests/checks/test_mqtt_hub.py", "tests/checks/test_time.py", "tests/checks/test_wifi.py"),
)
NEEDS_NAMESPACES = ("tests/platforms/net/test_dhcp_servers.py",)
# Parts of names. Wine: no limit to segments, late word of closed ports, and its sockets end where ours reset.
# Windows: timers of 16 ms, so that what is due at once comes in any order, other numbers for errors, no signals.
LEFT_OUT = (
    *("small_segments", "closed_port_is_known_at_once", "silence_and_a_closed_port", "reset_is_an_error"),
    *("break_off", "alert_in_the_middle", "leaves_neither_threads_nor_open_ports"),
    *("large_pool_offers_everybody", "exhausted_pool_is_silent", "98-busy", "kill_at_any_moment"),
)


CLOSED_LATE = ("-W", "ignore::pytest.PytestUnraisableExceptionWarning")  # the tests' own datagram servers, by asyncio


def run(lab: Lab) -> int:
    ignored = [word for path in NEEDS_NAMESPACES for word in ("--ignore", path)]
    chosen = ("-k", " and ".join(f"not {name}" for name in LEFT_OUT))
    return lab.call("pytest", "-q", *CLOSED_LATE, *TESTED, *ignored, *chosen).returncode
