import contextlib
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.errors import Malformed
from installer_gui.platforms.simulated.authority import Authority
from installer_gui.protocols import x509

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
END = datetime(2051, 1, 1, tzinfo=UTC)
LEAF = ssl.PEM_cert_to_DER_cert(Authority("Räksmörgås AB").identity("hub.example", start=START, end=END).chain[0])
MOZILLA = Path(__file__).parents[2] / "resources/roots/mozilla.pem"


def test_subject_issuer_and_dates_of_both_kinds_are_read():
    certificate = x509.parse(LEAF)
    assert certificate.subject == "hub.example, Räksmörgås AB"
    assert certificate.issuer == "Issuing CA, Räksmörgås AB"
    assert (certificate.not_before, certificate.not_after) == (START, END)  # 2051 needs a GeneralizedTime


def test_every_root_of_the_browsers_can_be_read():
    pems = MOZILLA.read_text().split("-----END CERTIFICATE-----")[:-1]
    assert len(pems) > 100
    for pem in pems:
        block = pem[pem.index("-----BEGIN") :] + "-----END CERTIFICATE-----\n"
        certificate = x509.parse(ssl.PEM_cert_to_DER_cert(block))
        assert certificate.subject == certificate.issuer != ""
        assert certificate.not_before < certificate.not_after


def test_a_name_cannot_carry_characters_that_rearrange_the_text_around_it():
    certificate = x509.parse(ssl.PEM_cert_to_DER_cert(Authority("evil\u202e\x1b[2J\n" + "x" * 50).root))
    assert certificate.subject == "Root CA, evil[2J" + "x" * 50


def test_a_certificate_that_is_cut_short_is_malformed():
    for cut in range(len(LEAF) - 1):
        with pytest.raises(Malformed):
            x509.parse(LEAF[:cut])


@given(st.binary(max_size=200))
def test_random_bytes_are_malformed(data):
    with pytest.raises(Malformed):
        x509.parse(data)


@given(st.integers(0, len(LEAF) - 1), st.integers(0, 255))
def test_a_changed_byte_is_read_or_malformed_and_nothing_else(place, value):
    changed = LEAF[:place] + bytes((value,)) + LEAF[place + 1 :]
    with contextlib.suppress(Malformed):
        x509.parse(changed)
