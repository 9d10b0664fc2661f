import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.errors import Malformed
from installer_gui.protocols import icmp


@given(st.integers(0, 65535), st.integers(0, 65535), st.binary(max_size=60))
def test_a_request_has_a_checksum_that_adds_up(identifier, sequence, payload):
    request = icmp.echo_request(identifier, sequence, payload)
    assert request[0] == 8
    assert icmp.checksum(request) == 0


@pytest.mark.parametrize("header", [b"", b"\x45" + bytes(19), b"\x46" + bytes(23)])
def test_a_reply_is_read_with_and_without_its_ip_header(header):
    reply = b"\x00" + icmp.echo_request(7, 3, b"ours")[1:]
    assert icmp.echo_reply(header + reply) == (3, b"ours")


@given(st.binary(min_size=1, max_size=60).filter(lambda d: d[0] != 0 and d[0] >> 4 != 4))
def test_other_messages_are_malformed(data):
    with pytest.raises(Malformed):
        icmp.echo_reply(data)


def test_short_messages_are_malformed():
    with pytest.raises(Malformed):
        icmp.echo_reply(b"\x4f\x00")
