import errno
import socket

import pytest

from installer_gui.domain.network import Interface
from installer_gui.platforms.linux.binding import AddressBind, DeviceBind, to_interface
from installer_gui.ports.unavailable import Reason, Unavailable

LOOPBACK = Interface("lo", addresses=("127.0.0.1/8",))


def bound(bind, port=0):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        bind(sock, port)
        return sock.getsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, 16).rstrip(b"\0"), sock.getsockname()


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("", 0))
        return sock.getsockname()[1]


def test_sockets_are_held_to_the_device():
    bind = to_interface(LOOPBACK)
    assert bind.backend == "SO_BINDTODEVICE"
    assert bound(bind) == (b"lo", ("0.0.0.0", 0))


def test_a_source_port_is_taken_on_request():
    port = free_port()
    assert bound(to_interface(LOOPBACK), port)[1] == ("0.0.0.0", port)


def test_a_kernel_that_does_not_allow_it_holds_the_source_address(monkeypatch):
    def refuse(self, sock, port=0):
        raise PermissionError(errno.EPERM, "before Linux 5.7")

    monkeypatch.setattr(DeviceBind, "__call__", refuse)
    bind = to_interface(LOOPBACK)
    assert bind.backend == "source address"
    device, (address, _) = bound(bind)
    assert (device, address) == (b"", "127.0.0.1")


def test_without_an_address_there_is_nothing_to_hold():
    with pytest.raises(Unavailable) as unavailable:
        bound(AddressBind(""))
    assert unavailable.value.reason is Reason.NO_ADDRESS


def test_an_interface_that_is_not_there_is_found_out_by_the_first_socket():
    bind = to_interface(Interface("no-such-if"))
    with pytest.raises(OSError, match="No such device"):
        bound(bind)
