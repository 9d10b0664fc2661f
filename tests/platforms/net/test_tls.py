import asyncio
import contextlib
import ssl
import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from installer_gui.domain.stream import TcpFailure, TlsCause, TlsFailure, TlsSession
from installer_gui.platforms.net.connect import SocketConnect
from installer_gui.platforms.simulated.authority import Authority, self_signed

from .loopback import SITE, Loopback, reset

HOST = "zapcloud.azure-devices.net"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
CHARGERS = Authority("Charger Trust")
FIREWALL = Authority("Firewall Works")


async def echo(reader, writer):
    while data := await reader.read(100):
        writer.write(data)


@dataclass
class Asked:
    """How the station asks, and what it does with the answer."""

    timeout_s: float = 2.0
    roots: str = CHARGERS.root
    options: dict = field(default_factory=dict)
    host: str = HOST


async def _nothing(stream, outcome):
    return outcome


def shake(talk=echo, context=None, asked=None, use=_nothing):
    asked = asked or Asked()

    async def run():
        loopback = Loopback()
        async with loopback.tcp(8883, talk, ssl=context) if context else loopback.tcp(8883, talk):
            connect = SocketConnect(loopback.sockets)
            await connect.prepare([asked.roots])
            stream = await connect.tcp(SITE, 8883, 2.0)
            assert not isinstance(stream, TcpFailure)
            try:
                return await use(stream, await stream.tls(asked.host, asked.roots, asked.timeout_s, **asked.options))
            finally:
                stream.close()

    return asyncio.run(run())


def test_a_server_under_the_stations_root_is_accepted():
    session = shake(context=CHARGERS.identity(HOST).context())
    assert isinstance(session, TlsSession)
    assert session.version == "TLSv1.2"
    assert session.cipher
    assert session.ms > 0
    assert [c.subject for c in session.chain] == [
        f"{HOST}, Charger Trust",
        "Issuing CA, Charger Trust",
        "Root CA, Charger Trust",
    ]
    assert session.chain[0].not_before < NOW < session.chain[0].not_after
    assert len(session.chain[0].sha256) == 64


def test_data_pass_both_ways_until_the_orderly_end():
    async def once(reader, writer):
        writer.write(await reader.read(100))
        await writer.drain()

    async def use(stream, outcome):
        await stream.send(b"\x10\x00")
        return await stream.receive(1.0), await stream.receive(1.0)

    assert shake(once, CHARGERS.identity(HOST).context(), use=use) == (b"\x10\x00", b"")


def test_a_silent_server_times_out_when_it_is_read():
    with pytest.raises(TimeoutError):
        shake(context=CHARGERS.identity(HOST).context(), use=lambda stream, _: stream.receive(0.05))


def test_a_wildcard_name_is_accepted():
    assert isinstance(shake(context=CHARGERS.identity("*.azure-devices.net").context()), TlsSession)


REFUSED = {
    "expired": (CHARGERS.identity(HOST, start=NOW - 9 * DAY, end=NOW - DAY), TlsCause.EXPIRED),
    "not yet valid": (CHARGERS.identity(HOST, start=NOW + DAY, end=NOW + 9 * DAY), TlsCause.NOT_YET_VALID),
    "wrong host": (CHARGERS.identity("portal.example"), TlsCause.WRONG_HOST),
    "self-signed": (self_signed(HOST), TlsCause.SELF_SIGNED),
    "no intermediate": (CHARGERS.identity(HOST, intermediate=False), TlsCause.NO_INTERMEDIATE),
    "interception": (FIREWALL.identity(HOST), TlsCause.UNTRUSTED),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_refused_certificate_has_its_cause_and_shows_who_signed_it(fault):
    identity, cause = REFUSED[fault]
    failure = shake(context=identity.context())
    assert isinstance(failure, TlsFailure)
    assert failure.cause is cause
    assert failure.detail
    assert len(failure.chain) == len(identity.chain)
    assert failure.chain[0].issuer


def test_an_interceptor_that_sends_its_root_too_is_untrusted():
    identity = FIREWALL.identity(HOST)
    whole = type(identity)(identity.key, (*identity.chain, FIREWALL.root))
    failure = shake(context=whole.context())
    assert failure.cause is TlsCause.UNTRUSTED
    assert failure.chain[-1].subject == "Root CA, Firewall Works"


def test_without_verification_any_certificate_is_taken_and_read():
    session = shake(context=FIREWALL.identity("other.example").context(), asked=Asked(options={"verify": False}))
    assert isinstance(session, TlsSession)
    assert session.chain[0].issuer == "Issuing CA, Firewall Works"


LONG_AGO = NOW - 700 * DAY
OLD = CHARGERS.identity(HOST, start=LONG_AGO, end=LONG_AGO + 30 * DAY)


@pytest.mark.parametrize(
    ("at", "cause"),
    [(LONG_AGO + DAY, None), (NOW, TlsCause.EXPIRED), (LONG_AGO - DAY, TlsCause.NOT_YET_VALID)],
)
def test_another_moment_can_decide_what_is_out_of_date(at, cause):
    outcome = shake(context=OLD.context(), asked=Asked(options={"at": at}))
    assert getattr(outcome, "cause", None) is cause


def test_another_moment_excuses_nothing_but_dates():
    at = {"at": NOW}
    assert shake(context=FIREWALL.identity(HOST).context(), asked=Asked(options=at)).cause is TlsCause.UNTRUSTED
    wrong = CHARGERS.identity("portal.example").context()
    assert shake(context=wrong, asked=Asked(options=at)).cause is TlsCause.WRONG_HOST


def answering(context):
    """A server that says why it refuses, which asyncio's does not."""

    async def talk(reader, writer):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        server = context.wrap_bio(incoming, outgoing, server_side=True)
        incoming.write(await reader.read(4096))
        with contextlib.suppress(ssl.SSLError):
            server.do_handshake()
        writer.write(outgoing.read())
        await reader.read(4096)

    return talk


def only(version):
    context = CHARGERS.identity(HOST).context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.maximum_version = ssl.TLSVersion.TLSv1_3
        context.minimum_version = version
        context.maximum_version = version
    return context


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1])
def test_a_server_that_speaks_only_another_version_is_told_apart(version):
    failure = shake(answering(only(version)))
    assert failure.cause is TlsCause.VERSION
    assert "ALERT" in failure.detail


async def stall(reader, writer):
    await asyncio.sleep(2)


async def stall_in_the_middle(reader, writer):
    await reader.read(1000)
    writer.write(b"\x16\x03\x03\x01\x00\x02")
    await asyncio.sleep(2)


async def break_off(reader, writer):
    await reader.read(1000)
    reset(writer)


async def hang_up(reader, writer):
    await reader.read(1000)


async def refuse_in_plain_text(reader, writer):
    await reader.read(1000)
    writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")


async def greet(reader, writer):
    writer.write(b"220 ready\r\n")
    await reader.read(1000)


async def talk_nonsense(reader, writer):
    await reader.read(1000)
    writer.write(b"\x16\x03\x03\x00\x04\xff\xff\xff\xff" * 3)


@pytest.mark.parametrize(
    ("talk", "cause"),
    [
        (stall, TlsCause.STALLED),
        (stall_in_the_middle, TlsCause.STALLED),
        (break_off, TlsCause.RESET),
        (hang_up, TlsCause.CLOSED),
        (refuse_in_plain_text, TlsCause.NOT_TLS),
        (greet, TlsCause.NOT_TLS),
        (talk_nonsense, TlsCause.OTHER),
    ],
)
def test_a_handshake_that_goes_wrong_has_its_cause(talk, cause):
    failure = shake(talk, asked=Asked(timeout_s=0.3))
    assert failure.cause is cause
    assert failure.chain == ()


def test_a_client_certificate_that_is_asked_for_but_not_given_does_not_stop_the_handshake():
    hub = CHARGERS.identity(HOST).context()
    hub.verify_mode = ssl.CERT_OPTIONAL
    hub.load_verify_locations(cadata=CHARGERS.root)
    assert isinstance(shake(context=hub), TlsSession)


def test_an_alert_in_the_middle_is_a_lost_connection():
    async def forbid(reader, writer):
        await reader.read(10)
        reset(writer)

    async def use(stream, outcome):
        await stream.send(b"hello")
        return await stream.receive(1.0)

    with pytest.raises(ConnectionError):
        shake(forbid, CHARGERS.identity(HOST).context(), use=use)
