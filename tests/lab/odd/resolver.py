"""A resolver that misbehaves in one way; what it knows it asks UPSTREAM.

    resolver.py ADDRESS BEHAVIOUR UPSTREAM

servfail        to every question                  refused        to every question
truncated       UDP answers are cut off            slow:SECONDS   answers late
sinkhole:SECONDS   the same address for every name, late
garbage         bytes that are no answer           no-edns        answers FORMERR to questions with EDNS (RFC 6891, 7)
"""

from __future__ import annotations

import secrets
import socket
import sys
import threading
import time

import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rrset

SINKHOLE = "203.0.113.66"
CODES = {"servfail": dns.rcode.SERVFAIL, "refused": dns.rcode.REFUSED}


def answer(question: bytes, behaviour: str, upstream: str) -> bytes:
    kind, _, value = behaviour.partition(":")
    if kind == "garbage":
        return secrets.token_bytes(40)
    asked = dns.message.from_wire(question)
    reply = dns.message.make_response(asked)
    if kind in CODES:
        reply.set_rcode(CODES[kind])
    elif kind == "truncated":
        reply.flags |= dns.flags.TC
    elif kind == "sinkhole":
        time.sleep(float(value))
        reply.answer.append(dns.rrset.from_text(asked.question[0].name, 60, "IN", "A", SINKHOLE))
    elif kind == "no-edns" and asked.edns >= 0:
        reply.use_edns(-1)
        reply.set_rcode(dns.rcode.FORMERR)
    else:
        time.sleep(float(value or 0))
        reply = dns.query.udp(asked, upstream, timeout=5)
    return reply.to_wire()


def serve(server: socket.socket, behaviour: str, upstream: str) -> None:
    while True:
        question, client = server.recvfrom(4096)

        def respond(question: bytes = question, client: tuple[str, int] = client) -> None:
            server.sendto(answer(question, behaviour, upstream), client)

        threading.Thread(target=respond, daemon=True).start()


if __name__ == "__main__":
    address, behaviour, upstream = sys.argv[1:]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((address, 53))
        serve(server, behaviour, upstream)
