"""Which address to ask for next, so that a server shows all that are free in the fewest questions."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network


class AddressWalk:
    """A walk through one subnet.

    Free addresses lie in ranges, so the walk goes on from what was offered: up, as long as the server gives what was
    named, and by turns at the other ends of what is known when it does not. Every address is named at most once.
    """

    def __init__(self, subnet: IPv4Network, never: Iterable[str]) -> None:
        """`never` are addresses that are in use and must not be named."""
        self._first, self._last = int(subnet[0]), int(subnet[-1])
        self._never = {self._first, self._last, *(int(IPv4Address(address)) for address in never)}
        self._known = set(self._never)
        self._ends: deque[tuple[int, int]] = deque()

    def offered(self, address: str) -> None:
        """The server offered this address for the first time; unless it was named, the walk goes on from there."""
        number = int(IPv4Address(address))
        if number not in self._known or number in self._never:
            self._known.add(number)
            self._ends.extendleft(((number - 1, -1), (number + 1, +1)))

    def step(self) -> str:
        """The address to name, "" when each of the subnet's has been named or offered."""
        while self._ends:
            number, direction = self._ends[0]
            if not self._first <= number <= self._last:
                self._ends.popleft()
            elif number in self._known:
                self._ends[0] = (number + direction, direction)
            else:
                self._known.add(number)
                return str(IPv4Address(number))
        return ""

    def refused(self) -> None:
        """The server did not give the address that was named."""
        self._ends.rotate(-1)
