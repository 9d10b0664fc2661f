"""pyHanko's signer over a key of ours: it makes the signed attributes, and `cms` writes the object."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from asn1crypto import x509
from asn1crypto.cms import CMSAttributes, ContentInfo
from asn1crypto.tsp import SigningCertificateV2
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec
from pyhanko.sign.signers import PdfSigner, Signer

from . import cms
from .keys import Key
from .timestamp import Authority


class OneForm(Signer):
    """Signs with `key`; an `authority` confirms the time."""

    def __init__(self, key: Key, certificates: Sequence[bytes], authority: Authority | None) -> None:
        self._certificates = tuple(map(x509.Certificate.load, certificates))
        self._key, self._authority = key, authority
        super().__init__(signing_cert=self._certificates[0])
        self.signed_attr_prov_spec = _Named(certificates[0])

    async def async_sign_prescribed_attributes(
        self, digest_algorithm: str, signed_attrs: CMSAttributes, *_: Any, dry_run: bool = False, **__: Any
    ) -> ContentInfo:
        """The whole object. Raises BadInput from the key and Unanswered from the authority."""
        data: bytes = signed_attrs.dump()
        signature = bytes(cms.room(self._certificates[0])) if dry_run else await self._sign(data)
        token = await self._stamp(signature, dry_run)
        attributes = cms.encoded(CMSAttributes.load(data))
        made = cms.Signed(self._certificates, attributes, signature, digest_algorithm, token=token)
        return _Written.of(cms.write(made))

    async def _sign(self, data: bytes) -> bytes:
        """In a thread: a card may take its time."""
        return cms.normal(await asyncio.to_thread(self._key.sign, data), self._certificates[0])

    async def _stamp(self, signature: bytes, dry_run: bool) -> bytes | None:
        if self._authority is None:
            return None
        return self._authority.sample if dry_run else await self._authority.confirm(signature)


class _Named(SignedAttributeProviderSpec, CMSAttributeProvider):
    """Names the signer's certificate by its hash alone (RFC 5035): the hash covers the issuer's name as well, and to
    compare two names takes a reader longer than all else about the signature."""

    attribute_type = "signing_certificate_v2"

    def __init__(self, certificate: bytes) -> None:
        self._certificate = certificate

    def signed_attr_providers(self, *_: Any, **__: Any) -> Iterable[CMSAttributeProvider]:
        return (self,)

    async def build_attr_value(self, dry_run: bool = False) -> SigningCertificateV2:  # noqa: ARG002  # pyHanko names it
        return SigningCertificateV2({"certs": [{"cert_hash": sha256(self._certificate).digest()}]})


class _Written(ContentInfo):  # type: ignore[misc]  # asn1crypto is not typed
    """An object that stays as it was written. asn1crypto takes a length that ends in 0x80 for an indefinite one and
    writes the object anew, which takes minutes where there is a timestamp in it."""

    der = b""

    @classmethod
    def of(cls, der: bytes) -> _Written:
        made: _Written = cls.load(der)
        made.der = der
        return made

    def dump(self, force: bool = False) -> bytes:  # noqa: ARG002  # asn1crypto names it
        return self.der


class Timed(PdfSigner):
    """Writes the time that the content names into the signature, not the moment at which it is written."""

    def __init__(self, *args: Any, when: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self._when = when

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        session = super().init_signing_session(*args, **options)
        session.system_time = self._when
        return session
