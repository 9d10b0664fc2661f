"""A TLS server that misbehaves in one way, on MQTT and HTTPS alike.

    stream.py ADDRESS PORT BEHAVIOUR CHAIN-FILE KEY-FILE

stall                takes connections and says nothing
reset, reset:NAME    resets after the ClientHello; only when that names NAME
tls1.3, tls1.0       no other version
asks                 asks for a client certificate
silent               after the handshake it says nothing
close, abort         after the first request it ends, in order or by a reset
answer:TEXT          answers TEXT to the first request
connack:N            CONNACK with code N
http:STATUS          an HTTP answer with that status
ahead:SECONDS        an HTTP answer whose Date is that much ahead
polite               CONNACK 5 or HTTP 200
login:URL            no TLS; sends every HTTP request to URL
relay:ADDRESS:PORT   no TLS; carries the bytes of both sides, as a transparent proxy does
"""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import struct
import sys
import threading
import time
from email.utils import formatdate

PATIENCE_S = 20.0


def context(behaviour: str, chain: str, key: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(chain, key)
    match behaviour:
        case "tls1.3":
            made.minimum_version = ssl.TLSVersion.TLSv1_3
        case "tls1.0":
            made.set_ciphers("ALL:@SECLEVEL=0")
            made.options &= ~ssl.OP_NO_TLSv1
            made.minimum_version = made.maximum_version = ssl.TLSVersion(0x0301)
        case "asks":
            made.verify_mode = ssl.CERT_OPTIONAL
            made.load_verify_locations(chain)
    return made


def serve(client: socket.socket, behaviour: str, tls: ssl.SSLContext) -> None:
    client.settimeout(PATIENCE_S)
    kind, _, value = behaviour.partition(":")
    if kind == "stall":
        time.sleep(PATIENCE_S)
    elif kind == "login":
        client.recv(4096)
        client.sendall(http("302 Found", 0.0, f"Location: {value}\r\n"))
    elif kind == "relay":
        address, _, port = value.partition(":")
        with socket.create_connection((address, int(port)), PATIENCE_S) as server:
            relay(client, server)
    elif kind == "reset" and value.encode() in client.recv(4096, socket.MSG_PEEK):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    else:
        with tls.wrap_socket(client, server_side=True) as session:
            converse(session, kind, value)


def relay(client: socket.socket, server: socket.socket) -> None:
    other = {client: server, server: client}
    while ready := select.select(other, (), (), PATIENCE_S)[0]:
        for end in ready:
            if not (data := end.recv(65536)):
                return
            other[end].sendall(data)


def converse(session: ssl.SSLSocket, kind: str, value: str) -> None:
    request = session.recv(4096)
    mqtt = request[:1] == b"\x10"
    if mqtt:
        sys.stdout.write("CONNECT\n")  # for the log: how often somebody asked
        sys.stdout.flush()
    match kind:
        case "silent":
            session.recv(4096)
        case "close":
            session.unwrap()
        case "abort":
            session.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        case "answer":
            session.sendall(value.encode())
        case "connack":
            session.sendall(bytes((0x20, 2, 0, int(value))))
        case "http":
            session.sendall(http(value))
        case "ahead":
            session.sendall(http("200 OK", float(value)))
        case _:
            session.sendall(b"\x20\x02\x00\x05" if mqtt else http("200 OK"))


def http(status: str, ahead: float = 0.0, header: str = "") -> bytes:
    date = formatdate(time.time() + ahead, usegmt=True)
    return f"HTTP/1.1 {status}\r\nDate: {date}\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()


def connection(client: socket.socket, behaviour: str, tls: ssl.SSLContext) -> None:
    with client, contextlib.suppress(OSError):
        serve(client, behaviour, tls)


if __name__ == "__main__":
    address, port, behaviour, chain, key = sys.argv[1:]
    tls = context(behaviour, chain, key)
    with socket.create_server((address, int(port))) as listener:
        while True:
            client, _ = listener.accept()
            threading.Thread(target=connection, args=(client, behaviour, tls), daemon=True).start()
