"""Feeds the reader of DNS answers random and damaged messages; only addresses and printable texts may come out.

    python tests/fuzz/dns_answers.py [COUNT [SEED]]        default: 1000000 messages, a seed from the clock

Prints the rate, or the message that broke it and the seed to come back to it.
"""

from __future__ import annotations

from ipaddress import IPv4Address

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
from _feed import feed

from installer_gui.platforms.net.names import heard, told

NAME, ID, HEADER = "hub.example.net", 0x4711, 12
QUESTION = dns.message.make_query(NAME, "A", id=ID, use_edns=0, payload=1232)
RECORDS = (
    ("hub.example.net.", "CNAME", "gateway.example.net."),
    ("gateway.example.net.", "A", "203.0.113.10", "10.0.0.1"),
    ("gateway.example.net.", "AAAA", "2001:db8::1"),
    ("hub.example.net.", "TXT", '"dnsmasq-2.90" "\\255\\007"'),
    ("hub.example.net.", "HTTPS", "1 . alpn=h2 ipv4hint=203.0.113.10"),
    ("hub.example.net.", "MX", "10 mail.example.net."),
    ("example.net.", "SOA", "ns.example.net. root.example.net. 1 2 3 4 5"),
    ("hub.example.net.", "RRSIG", "A 8 2 60 20300101000000 20260101000000 1 example.net. AAAA"),
    ("hub.example.net.", "NSEC", "a.example.net. A TXT"),
)


def samples() -> list[bytes]:
    made = []
    for first in range(len(RECORDS)):
        reply = dns.message.make_response(QUESTION)
        for name, kind, *values in (*RECORDS[first:], *RECORDS[:first])[:4]:
            reply.answer.append(dns.rrset.from_text(name, 60, "CH" if kind == "TXT" else "IN", kind, *values))
        made.append(reply.to_wire())
    for code in (dns.rcode.NXDOMAIN, dns.rcode.SERVFAIL, dns.rcode.BADVERS):
        reply = dns.message.make_response(QUESTION)
        reply.set_rcode(code)
        reply.flags |= dns.flags.TC
        made.append(reply.to_wire())
    return made


def read(data: bytes) -> bool:
    message = heard(QUESTION, data)
    if message is None:
        return False
    answer = told("192.0.2.1", NAME, message, 1.0)
    assert all(str(IPv4Address(address)) == address for address in answer.addresses)
    assert set(answer.public) | set(answer.local) <= set(answer.addresses)
    assert all(text.isprintable() for text in (*answer.texts, *answer.aliases))
    return True


if __name__ == "__main__":
    feed("dns answers", samples(), read, HEADER)
