"""Timestamps from a real server, from servers that send rubbish, and tokens that somebody changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms as asn1
from cryptography.hazmat.primitives.asymmetric import ec

from installer_gui.certificate import appearance, cms, issue, signer, timestamp, trust, verify
from installer_gui.certificate.content import Content, Untimed, encode
from installer_gui.certificate.identity import Store, Unlocked
from installer_gui.certificate.layout import render
from installer_gui.certificate.reasons import Outcome, Reason
from installer_gui.certificate.sign import sign
from installer_gui.certificate.verify import Deep, Report

from . import forge
from .conftest import Office
from .samples import PROFILE, job
from .tsa import Answer, Tsa

GARBAGE = b"\x30\x82\x01\x00rubbish"


def clock() -> datetime:
    """Now, as the server sees it: this file runs for longer than a clock may be off."""
    return datetime.now().astimezone().replace(microsecond=0)


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return Tsa(tmp_path_factory.mktemp("tsa") / "one", key=ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return Tsa(tmp_path_factory.mktemp("tsa") / "two", name="Annan TSA")


@pytest.fixture(scope="module")
def stamped(office: Office, tsa: Tsa) -> bytes:
    return with_stamp(office, tsa)


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Unlocked:
    """A signer whose certificate is valid today."""
    folder = tmp_path_factory.mktemp("today")
    store = Store(folder / "identities", folder / "keys")
    return store.unlock(store.create(issue.holder_of(job(1)), clock(), "x"), "x")


@contextmanager
def authority(tsa: Tsa) -> Iterator[timestamp.Authority]:
    with tsa.serving() as url:
        yield timestamp.ask(url)


def with_stamp(office: Office, tsa: Tsa, change: Callable[[Content], Content] = lambda c: c) -> bytes:
    """A certificate whose time the server confirms."""
    with authority(tsa) as known:
        made = change(replace(office.content(job(3)), timestamp=issue._timestamp(known)))
        pages = render(made, encode(made))
        return sign(pages, office.me, appearance.of(made), made.issued.local, known)


def trusting(office: Office, *servers: Tsa) -> trust.TrustList:
    return replace(office.trust, tsa_roots=tuple(server.root for server in servers))


def examined(office: Office, data: bytes, *servers: Tsa, now: datetime | None = None, deep: bool = False) -> Report:
    return verify.examine_bytes(data, trusting(office, *servers), now, deep)


def test_a_trusted_servers_time_is_the_time(office: Office, tsa: Tsa, stamped: bytes) -> None:
    report = examined(office, stamped, tsa, deep=True)
    assert (report.outcome, report.deep) == (Outcome.VALID, Deep.MATCH)
    assert report.stamped is not None
    assert abs(report.stamped - clock()) < timedelta(minutes=30)
    assert report.signed_at == report.stamped
    assert set(report.reasons) <= {Reason.CLOCK_OFF}  # the samples carry a day of their own


def test_an_unknown_servers_time_is_the_signers_clock(office: Office, stamped: bytes) -> None:
    report = examined(office, stamped)
    assert (report.outcome, report.stamped) == (Outcome.VALID, None)
    assert Reason.TIMESTAMP_NOT_TRUSTED in report.reasons
    assert report.content is not None
    assert report.signed_at == report.content.issued.local


def test_a_timestamp_outlives_the_signers_certificate(office: Office, tsa: Tsa, stamped: bytes, honest: bytes) -> None:
    later = clock() + timedelta(days=4 * 365)
    assert examined(office, stamped, tsa, now=later).outcome is Outcome.VALID
    assert examined(office, stamped, now=later).outcome is Outcome.UNTRUSTED
    assert examined(office, honest, tsa, now=later).outcome is Outcome.UNTRUSTED


def test_other_programs_accept_it(office: Office, stamped: bytes, tmp_path: Path) -> None:
    path = tmp_path / "stamped.pdf"
    path.write_bytes(stamped)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0
    token = tmp_path / "token"
    token.write_bytes(token_of(stamped))
    data = tmp_path / "signature"
    data.write_bytes(cms.read(forge.cms_of(stamped)).signature)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", token, "-data", data, "-CAfile", tmp_path / "root.pem"]
    (tmp_path / "root.pem").write_text(trusted_root(office, stamped))
    verified = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Verification: OK" in verified.stdout + verified.stderr


def trusted_root(office: Office, data: bytes) -> str:
    """The uppermost certificate in the token."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    der = cms.read_token(token_of(data)).certificates[-1].dump()
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode()


def test_the_paper_and_the_data_say_who_confirms_the_time(today: Unlocked, tsa: Tsa, tmp_path: Path) -> None:
    with tsa.serving() as url:
        made = issue.issue(job(2), PROFILE, "sv", today, tmp_path / "x.pdf", clock(), url)
    assert (made.authority, made.unanswered) == ("Prov-TSA", False)
    text = subprocess.run(["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert "tidsstämplad av Prov-TSA" in text
    report = verify.examine(tmp_path / "x.pdf", trust.TrustList(tsa_roots=(tsa.root,)))
    assert report.stamped is not None
    assert Reason.CLOCK_OFF not in report.reasons


RUBBISH = {
    "an error": Answer(b"", status=500),
    "a login page": Answer(b"<html>log in</html>", kind="text/html"),
    "a login page with the right type": Answer(b"<html>log in</html>"),
    "nothing": Answer(b""),
    "garbage": Answer(GARBAGE),
    "without end": Answer(bytes(1_000_000)),
    "half": Answer(change=lambda reply: reply[: len(reply) // 2]),
    "more than asked for": Answer(change=lambda reply: reply + b"\0"),
    "a bit wrong": Answer(change=lambda reply: reply[:-9] + bytes([reply[-9] ^ 1]) + reply[-8:]),
    "too late": Answer(delay=1.5),
}


@pytest.mark.parametrize("name", RUBBISH)
@pytest.mark.parametrize("question", [1, 2])
def test_whatever_a_server_sends_a_certificate_comes_out(
    today: Unlocked, tsa: Tsa, name: str, question: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timestamp, "PATIENCE_S", 0.7)
    tsa.next[:] = [*([Answer()] if question == 2 else []), RUBBISH[name]]
    with tsa.serving() as url:
        made = issue.issue(job(1), PROFILE, "sv", today, tmp_path / "x.pdf", clock(), url)
    assert (made.authority, made.unanswered) == ("", True)
    report = verify.examine(tmp_path / "x.pdf")
    assert report.intact
    assert report.content is not None
    assert report.content.timestamp is Untimed.NONE
    assert json.loads(report.raw)["timestamp"] == "none"
    assert tsa.next == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://no.such.host.invalid/", "nonsense", "file:///etc/passwd"]
)
def test_no_server_at_the_address_is_no_obstacle(today: Unlocked, url: str, tmp_path: Path) -> None:
    made = issue.issue(job(1), PROFILE, "sv", today, tmp_path / "x.pdf", clock(), url)
    assert (made.authority, made.unanswered) == ("", True)


def test_a_name_that_is_looked_up_in_vain_does_not_hold_the_signature_up(monkeypatch: pytest.MonkeyPatch) -> None:
    never, given_up = threading.Event(), threading.Event()

    def silent(*_: Any, **__: Any) -> list[Any]:
        never.wait(30)
        given_up.set()
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(timestamp, "PATIENCE_S", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", silent)
    with pytest.raises(timestamp.Unanswered):
        timestamp.ask("http://tsa.example/")
    assert not given_up.is_set()
    never.set()
    assert given_up.wait(10)


def test_an_answer_to_another_question_is_no_answer(tsa: Tsa) -> None:
    kept: list[bytes] = []
    tsa.next[:] = [Answer(change=lambda reply: kept.append(reply) or reply)]  # type: ignore[func-returns-value]
    with tsa.serving() as url:
        timestamp.ask(url)
        tsa.next[:] = [Answer(kept[0])]
        with pytest.raises(timestamp.Unanswered):
            timestamp.ask(url)


def test_another_server_at_the_same_address_is_not_taken(office: Office, tsa: Tsa, other: Tsa) -> None:
    with authority(tsa) as known, other.serving() as url:
        elsewhere = replace(known, url=url)
        with pytest.raises(timestamp.Unanswered):
            asyncio.run(elsewhere.confirm(b"signature"))


@pytest.mark.timeout(20)  # it took minutes: asn1crypto reads such a length as an indefinite one and encodes all anew
def test_a_length_that_ends_in_80_is_a_length_like_any_other(stamped: bytes) -> None:
    der = forge.cms_of(stamped)
    more = (0x80 - (len(der) - 4 + 4)) % 256
    body = der[4:] + b"\x04\x82" + more.to_bytes(2) + bytes(more)
    odd = b"\x30\x82" + len(body).to_bytes(2) + body
    assert odd[3] == 0x80
    gap = b"<%s0000>" % odd.hex().upper().encode()
    assert cms.hole(b"x" + gap + b"y", [0, 1, 1 + len(gap), 1]) == odd
    assert signer._Written.of(odd).dump() == odd


# ---- changed afterwards


def token_of(data: bytes) -> bytes:
    token = cms.parts(forge.cms_of(data)).token
    assert token is not None
    return token


def with_token(data: bytes, token: bytes | None) -> bytes:
    return forge.put_cms(data, cms.write(replace(cms.parts(forge.cms_of(data)), token=token)))


def changed_token(data: bytes, change: Callable[[Any], Any]) -> bytes:
    """Written by asn1crypto, so in DER too."""
    token = asn1.ContentInfo.load(token_of(data))
    change(token["content"])
    return with_token(data, token.dump(force=True))


def _other_signature(signed: Any) -> None:
    info = signed["signer_infos"][0]
    info["signature"] = info["signature"].native[:-1] + bytes([info["signature"].native[-1] ^ 1])


def _one_certificate(signed: Any) -> None:
    signed["certificates"] = asn1.CertificateSet([signed["certificates"][0]])


CHANGES: dict[str, Callable[[Any], Any]] = {
    "its signature changed": _other_signature,
    "the other of two equal signatures": forge.mirror,
    "something unsigned": forge.unsigned_attribute,
    "a certificate twice": lambda s: s["certificates"].append(s["certificates"][0]),
    "a certificate less": _one_certificate,
    "another version": lambda s: s.__setitem__("version", "v1"),
    "a second signer": lambda s: s["signer_infos"].append(s["signer_infos"][0]),
    "another digest's parameters": lambda s: s["signer_infos"][0]["digest_algorithm"].__setitem__("parameters", None),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_token_is_refused(office: Office, tsa: Tsa, stamped: bytes, name: str) -> None:
    altered = changed_token(stamped, CHANGES[name])
    assert altered != stamped
    assert examined(office, altered, tsa).outcome is Outcome.INVALID
    assert examined(office, altered).outcome is Outcome.INVALID


def test_every_byte_of_the_token_counts(office: Office, tsa: Tsa, stamped: bytes) -> None:
    token = token_of(stamped)
    for place in range(0, len(token), 31):
        spoilt = token[:place] + bytes([token[place] ^ 0x41]) + token[place + 1 :]
        assert examined(office, with_token(stamped, spoilt), tsa).outcome is Outcome.INVALID, place


def test_a_token_cannot_be_taken_off(office: Office, tsa: Tsa, stamped: bytes) -> None:
    report = examined(office, with_token(stamped, None), tsa)
    assert report.reasons == (Reason.TIMESTAMP,)


def test_a_token_cannot_be_put_on(office: Office, tsa: Tsa) -> None:
    made = office.content(job(1))
    with authority(tsa) as known:
        forged = sign(render(made, encode(made)), office.me, appearance.of(made), made.issued.local, known)
    assert examined(office, forged, tsa).reasons == (Reason.TIMESTAMP,)


def test_another_servers_token_cannot_take_its_place(office: Office, tsa: Tsa, other: Tsa, stamped: bytes) -> None:
    with authority(other) as known:
        token = asyncio.run(known.confirm(cms.read(forge.cms_of(stamped)).signature))
    assert examined(office, with_token(stamped, token), tsa, other).reasons == (Reason.TIMESTAMP,)


def test_a_token_for_another_signature_is_refused(office: Office, tsa: Tsa, stamped: bytes) -> None:
    again = with_stamp(office, tsa)
    assert examined(office, with_token(stamped, token_of(again)), tsa).outcome is Outcome.INVALID


def test_a_token_from_much_later_is_refused(office: Office, tsa: Tsa) -> None:
    def earlier(made: Content) -> Content:
        assert not isinstance(made.timestamp, Untimed)
        return replace(made, timestamp=replace(made.timestamp, answered=clock() - timedelta(hours=1)))

    assert examined(office, with_stamp(office, tsa, earlier), tsa).reasons == (Reason.TIMESTAMP,)


def test_a_server_that_may_do_other_things_too_is_not_trusted(office: Office, stamped: bytes) -> None:
    """A signer's own certificate under tsa_roots makes nobody a time server."""
    lists = replace(office.trust, tsa_roots=(office.me.identity.pem.decode(),))
    assert verify.examine_bytes(stamped, lists, clock()).stamped is None


def test_a_server_whose_certificate_was_taken_back_is_not_trusted(office: Office, tsa: Tsa, stamped: bytes) -> None:
    own = hashlib.sha256(cms.read_token(token_of(stamped)).certificates[0].dump()).hexdigest()
    for since, trusted in (("", False), ("2020-01-01", False), ("2099-01-01", True)):
        lists = replace(trusting(office, tsa), revoked=(trust.Revoked(own, since, "superseded"),))
        assert (verify.examine_bytes(stamped, lists, clock()).stamped is not None) is trusted, since
    lost = replace(trusting(office, tsa), revoked=(trust.Revoked(own, "2099-01-01", "keyCompromise"),))
    assert verify.examine_bytes(stamped, lost, clock()).stamped is None, "whoever has the key can confirm any time"
