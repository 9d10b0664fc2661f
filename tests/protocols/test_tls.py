from hypothesis import given
from hypothesis import strategies as st

from installer_gui.protocols import tls


def record(kind: int, body: bytes) -> bytes:
    return bytes((kind, 3, 3)) + len(body).to_bytes(2) + body


def message(kind: int, body: bytes) -> bytes:
    return bytes((kind,)) + len(body).to_bytes(3) + body


def vector(body: bytes) -> bytes:
    return len(body).to_bytes(3) + body


HELLO = message(2, bytes(70))
CERTIFICATES = message(11, vector(vector(b"leaf") + vector(b"issuing" * 40)))


def test_the_list_of_certificates_is_found_in_its_order():
    assert tls.certificates(record(22, HELLO + CERTIFICATES) + record(22, b"more")) == (b"leaf", b"issuing" * 40)


def test_messages_may_be_spread_over_records():
    whole = HELLO + CERTIFICATES
    spread = b"".join(record(22, whole[i : i + 50]) for i in range(0, len(whole), 50))
    assert tls.certificates(spread) == (b"leaf", b"issuing" * 40)


def test_an_incomplete_list_is_no_list():
    assert tls.certificates(record(22, (HELLO + CERTIFICATES)[:-1])) == ()
    assert tls.certificates(record(21, CERTIFICATES)) == ()
    assert tls.certificates(b"") == ()


def test_a_record_is_told_from_other_protocols():
    assert tls.is_record(record(22, HELLO))
    assert tls.is_record(b"\x15")
    assert not tls.is_record(b"HTTP/1.1 400")
    assert not tls.is_record(b"\x20\x02\x00\x05")
    assert not tls.is_record(b"")


@given(st.binary(max_size=400))
def test_any_bytes_can_be_searched(data):
    tls.certificates(data)
    tls.certificates(record(22, data))
    tls.certificates(record(22, message(11, data)))
