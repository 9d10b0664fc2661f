"""Timestamps (RFC 3161): asks a server for one, and holds its answer to one form.

The server sees a hash and nothing else. It is asked twice: once before the pages are drawn, because they and the data
say who will confirm the time, and once for the signature. Only that server, within minutes, can then have done it.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import algos, tsp, x509
from asn1crypto.cms import ContentInfo

from ..errors import DriftklarError
from . import cms
from .reasons import Reason, Refused

log = logging.getLogger(__name__)
PATIENCE_S = 5.0
LARGEST = 64 * 1024
SOON = timedelta(minutes=2)
_SLACK = timedelta(seconds=5)  # the machines behind one address need not agree to the second
_GRANTED = {"granted", "granted_with_mods"}


class Unanswered(DriftklarError):
    """The server gave no timestamp that could be used; the text is for the log."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a token says: when, and whose certificates stand for it, the server's own first."""

    time: datetime
    certificates: tuple[x509.Certificate, ...]

    @property
    def fingerprints(self) -> tuple[str, ...]:
        return tuple(certificate.sha256.hex() for certificate in self.certificates)

    @property
    def name(self) -> str:
        """The server's name, as its certificate says."""
        return str(self.certificates[0].subject.native.get("common_name", "")) or self.fingerprints[0][:16]


@dataclass(frozen=True, slots=True)
class Authority:
    """A server that has just answered. `sample` is that answer."""

    url: str
    sample: bytes
    stamp: Stamp

    async def confirm(self, signature: bytes) -> bytes:
        """The token for a signature. Raises Unanswered, also where another server or another time answers."""
        token = await _answer(self.url, hashlib.sha256(signature).digest())
        stamp = await _read(token, hashlib.sha256(signature).digest())
        if stamp.fingerprints != self.stamp.fingerprints or not is_soon(self.stamp.time, stamp.time):
            raise Unanswered("another server or another time than before")
        return token


def ask(url: str) -> Authority:
    """See whether the server answers within five seconds. Raises Unanswered, whatever goes wrong."""
    with ThreadPoolExecutor(1) as worker:  # an event loop may be running here, which forbids another
        return worker.submit(_alone, url).result()


def read(token: bytes, signature: bytes) -> Stamp:
    """What a kept token says of a signature; whether its server is trusted is another question. Raises Refused."""
    return asyncio.run(_read(token, hashlib.sha256(signature).digest()))


def is_soon(answered: datetime, stamped: datetime) -> bool:
    """The signature was confirmed right after the server had been asked whether it would."""
    return -_SLACK <= stamped - answered <= SOON


def _alone(url: str) -> Authority:
    """As asyncio.run does it, but without waiting for the look-up of a name, which nothing can interrupt."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(_ask(url))
    finally:
        loop.close()


async def _ask(url: str) -> Authority:
    digest = secrets.token_bytes(32)
    token = await _answer(url, digest)
    return Authority(url, token, await _read(token, digest))


async def _answer(url: str, digest: bytes) -> bytes:
    """The server's token for a SHA-256, in our form."""
    nonce = secrets.randbits(63)
    try:
        response = tsp.TimeStampResp.load(await _post(url, _question(digest, nonce)), strict=True)
        status = response["status"]["status"].native
        if status not in _GRANTED:
            raise Unanswered(f"refused: {status}")
        token = _rewritten(response["time_stamp_token"].dump())
        info = tsp.TSTInfo.load(cms.read_token(token).content or b"")
        if info["nonce"].native != nonce:
            raise Unanswered("another nonce")
        await _read(token, digest)
    except Unanswered:
        raise
    except Exception as error:  # a server may send anything, and its client may raise anything about it
        log.info("no timestamp from %s", url, exc_info=True)
        raise Unanswered(type(error).__name__) from error
    return token


def _question(digest: bytes, nonce: int) -> bytes:
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
    question = {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    encoded: bytes = tsp.TimeStampReq(question).dump()
    return encoded


async def _post(url: str, question: bytes) -> bytes:
    """The server's answer. Raises whatever the client raises; ValueError for what is no timestamp or too large."""
    import aiohttp

    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    patience = aiohttp.ClientTimeout(total=PATIENCE_S)
    async with (
        aiohttp.ClientSession(timeout=patience, trust_env=True) as session,
        session.post(url, data=question, headers=headers, raise_for_status=True) as response,
    ):
        answer = bytearray()
        async for piece in response.content.iter_chunked(16 * 1024):
            answer += piece
            if len(answer) > LARGEST:
                raise ValueError(len(answer))
        return bytes(answer)


def _rewritten(token: bytes) -> bytes:
    """The token with the certificates that lead upwards from its server's, and with nothing unsigned."""
    signed = cms.parts(token)
    return cms.write(replace(signed, certificates=cms.upwards(signed.certificates), token=None))


async def _read(token: bytes, digest: bytes) -> Stamp:
    """Raises Refused where the token is not in our form, is for another signature or is not signed as it says."""
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko_certvalidator import ValidationContext

    signed = cms.read_token(token)
    info: Any = tsp.TSTInfo.load(signed.content or b"", strict=True)
    imprint = info["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != "sha256" or imprint["hashed_message"].native != digest:
        raise Refused(Reason.TIMESTAMP)
    data = ContentInfo.load(token)["content"]
    context = ValidationContext(trust_roots=[signed.certificates[0]], allow_fetching=False)
    status = await validate_tst_signed_data(data, context, lambda _: digest)
    if not (status["intact"] and status["valid"]):
        raise Refused(Reason.TIMESTAMP)
    time: datetime = info["gen_time"].native
    return Stamp(time.astimezone(UTC), signed.certificates)
