"""The order in which addresses are named."""

from __future__ import annotations

from ipaddress import IPv4Network

from hypothesis import given
from hypothesis import strategies as st

from installer_gui.checks.dhcp_walk import AddressWalk

SUBNET = IPv4Network("192.168.50.0/24")


def at(n: int) -> str:
    return f"192.168.50.{n}"


def test_the_walk_goes_up_while_the_server_gives_what_is_named() -> None:
    walk = AddressWalk(SUBNET, ())
    walk.offered(at(100))
    assert [walk.step() for _ in range(3)] == [at(101), at(102), at(103)]


def test_after_a_refusal_the_walk_goes_on_at_the_other_end() -> None:
    walk = AddressWalk(SUBNET, ())
    walk.offered(at(100))
    assert walk.step() == at(101)
    walk.refused()
    assert walk.step() == at(99)
    walk.refused()
    assert walk.step() == at(102)


def test_the_walk_goes_on_from_an_address_that_was_offered_in_place_of_the_named_one() -> None:
    walk = AddressWalk(SUBNET, ())
    walk.offered(at(100))
    assert walk.step() == at(101)
    walk.refused()
    walk.offered(at(200))
    assert walk.step() == at(201)


def test_addresses_in_use_are_never_named() -> None:
    walk = AddressWalk(SUBNET, (at(101), at(102), "10.0.0.1"))
    walk.offered(at(100))
    assert walk.step() == at(103)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 31)), max_size=60), st.integers(1, 30))
def test_every_address_of_the_subnet_is_named_or_offered_once(answers: list[tuple[bool, int]], first: int) -> None:
    walk = AddressWalk(IPv4Network("192.0.2.0/27"), ("192.0.2.7",))
    offered = {f"192.0.2.{first}"}
    walk.offered(f"192.0.2.{first}")
    named: list[str] = []
    while wanted := walk.step():
        named.append(wanted)
        given_it, other = answers.pop() if answers else (False, first)
        if not given_it:
            walk.refused()
            walk.offered(f"192.0.2.{other}")
            offered.add(f"192.0.2.{other}")
    hosts = {str(address) for address in IPv4Network("192.0.2.0/27").hosts()} - {"192.0.2.7"}
    assert len(named) == len(set(named))
    assert set(named) <= hosts
    assert hosts <= offered | set(named)
