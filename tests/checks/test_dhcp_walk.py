"""The order in which addresses are named."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.checks.dhcp_walk import AddressWalk

SUBNET = IPv4Network("192.168.50.0/24")


def at(n: int) -> str:
    return f"192.168.50.{n}"


def test_the_walk_goes_up_while_the_server_gives_what_is_named() -> None:
    walk = AddressWalk(SUBNET, ())
    walk.offered(at(100))
    for n in (101, 102, 103):
        assert walk.step() == at(n)
        walk.offered(at(n))


def test_after_a_refusal_the_walk_goes_down_from_where_it_began() -> None:
    walk = AddressWalk(SUBNET, ())
    walk.offered(at(100))
    assert walk.step() == at(101)
    walk.offered(at(101))
    assert [walk.step(), walk.step()] == [at(102), at(99)]


def test_the_walk_goes_on_from_an_address_that_was_offered_in_place_of_the_named_one() -> None:
    walk = AddressWalk(SUBNET, ())
    walk.offered(at(100))
    assert walk.step() == at(101)
    walk.offered(at(200))
    assert walk.step() == at(201)


def test_where_nothing_is_next_to_what_is_known_the_walk_looks_all_over_the_subnet() -> None:
    walk = AddressWalk(SUBNET, ())
    walk.offered(at(100))
    named = sorted(int(walk.step().rpartition(".")[2]) for _ in range(34))
    assert max(later - earlier for earlier, later in pairwise([0, *named, 255])) <= 8


def test_the_walk_leads_past_addresses_in_use_and_never_names_them() -> None:
    walk = AddressWalk(SUBNET, (at(101), at(102), "10.0.0.1"))
    walk.offered(at(100))
    assert walk.step() == at(103)


@pytest.mark.parametrize("subnet", ["192.0.2.4/32", "192.0.2.4/31", "192.0.2.4/30"])
def test_the_smallest_subnets_come_to_an_end(subnet: str) -> None:
    walk = AddressWalk(IPv4Network(subnet), ())
    walk.offered("192.0.2.5")
    assert len(list(iter(walk.step, ""))) <= 1


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 31)), max_size=60), st.integers(1, 30))
def test_every_address_of_the_subnet_is_named_or_offered_once(answers: list[tuple[bool, int]], first: int) -> None:
    walk = AddressWalk(IPv4Network("192.0.2.0/27"), ("192.0.2.7",))
    offered = {f"192.0.2.{first}"}
    walk.offered(f"192.0.2.{first}")
    named: list[str] = []
    while wanted := walk.step():
        named.append(wanted)
        given_it, other = answers.pop() if answers else (False, first)
        address = wanted if given_it else f"192.0.2.{other}"
        walk.offered(address)
        offered.add(address)
    hosts = {str(address) for address in IPv4Network("192.0.2.0/27").hosts()} - {"192.0.2.7"}
    assert len(named) == len(set(named))
    assert set(named) <= hosts
    assert hosts <= offered | set(named)
