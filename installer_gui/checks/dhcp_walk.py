"""Which address to ask for next, so that a server shows all that are free in the fewest questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network


class AddressWalk:
    """A walk through one subnet.

    Free addresses lie in ranges: what was offered is followed up and then down, as long as the server gives what is
    named. Where it does not, other ranges are looked for all over the subnet, in ever smaller steps. Every address is
    named at most once.
    """

    def __init__(self, subnet: IPv4Network, never: Iterable[str]) -> None:
        """`never` are addresses that are in use and must not be named."""
        self._first, self._last = int(subnet[0]), int(subnet[-1])
        self._passed = {self._first, self._last, *(int(IPv4Address(address)) for address in never)}
        self._named: set[int] = set()
        self._ends: list[tuple[int, int]] = []
        self._spread = _spread(self._first, subnet.max_prefixlen - subnet.prefixlen)

    def offered(self, address: str) -> None:
        """The server offered this address, named or not."""
        number = int(IPv4Address(address))
        self._passed.add(number)
        self._ends += ((number - 1, -1), (number + 1, +1))

    def step(self) -> str:
        """The address to name, "" when each of the subnet's has been named or offered."""
        while self._ends:
            number, direction = self._ends.pop()
            while number in self._passed:
                number += direction
            if self._first < number < self._last and number not in self._named:
                return self._name(number)
        for number in self._spread:
            if number not in self._passed and number not in self._named:
                return self._name(number)
        return ""

    def _name(self, number: int) -> str:
        self._named.add(number)
        return str(IPv4Address(number))


def _spread(first: int, bits: int) -> Iterator[int]:
    """All numbers of the subnet, each far from those before: van der Corput's sequence."""
    for turn in range(1 << bits):
        yield first + int(f"{turn:0{max(bits, 1)}b}"[::-1], 2)
