import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.errors import Malformed
from installer_gui.protocols import arp

OURS, THEIRS = "02:00:00:00:00:01", "02:00:00:00:00:02"


def test_a_question_is_broadcast_and_says_who_asks():
    frame = arp.question(OURS, "192.168.1.57", "192.168.1.1")
    assert frame.hex() == (
        "ffffffffffff020000000001080600010800060400010200000000" + "01" + "c0a80139" + "000000000000" + "c0a80101"
    )
    assert arp.parse(frame) == arp.Packet(OURS, "192.168.1.57", reply=False)


def test_a_probe_claims_no_address():
    assert arp.parse(arp.question(OURS, arp.NOBODY, "192.168.1.1")).address == "0.0.0.0"


def test_an_answer_names_the_owner():
    answer = bytearray(arp.question(THEIRS, "192.168.1.1", "192.168.1.57"))
    answer[21] = 2
    assert arp.parse(bytes(answer) + bytes(18)) == arp.Packet(THEIRS, "192.168.1.1", reply=True)


@given(st.binary(max_size=60))
def test_any_other_frame_is_malformed(data):
    with pytest.raises(Malformed):
        arp.parse(data)
