"""What a station would trust, as OpenSSL wants it."""

from __future__ import annotations

import ssl

_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME


class Contexts:
    """One SSL context a bundle of roots: at most TLS 1.2, no other trust, no ALPN."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool], ssl.SSLContext] = {}

    def get(self, roots: str, *, timeless: bool = False) -> ssl.SSLContext:
        """Trusts the roots (PEM text) alone; a `timeless` one takes certificates of any age."""
        if (roots, timeless) not in self._made:
            context = _context()
            context.load_verify_locations(cadata=roots)
            if timeless:
                context.verify_flags |= _NO_CHECK_TIME
            self._made[roots, timeless] = context
        return self._made[roots, timeless]

    @staticmethod
    def unverified() -> ssl.SSLContext:
        """Takes any certificate: nothing secret is ever sent over it."""
        context = _context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context
