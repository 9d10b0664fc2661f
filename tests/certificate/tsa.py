"""A timestamp server: OpenSSL's own, behind a small web server that can also misbehave."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

REPLY = "application/timestamp-reply"
CONFIG = """
[tsa]
default_tsa = main
[main]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass
class Answer:
    """What the server sends; None for what OpenSSL makes of the question."""

    body: bytes | None = None
    status: int = 200
    kind: str = REPLY
    delay: float = 0.0
    change: Callable[[bytes], bytes] = field(default=lambda token: token)


class Tsa:
    """`root` is the PEM of its authority. `next` are the answers to come; after them it behaves."""

    def __init__(self, folder: Path, name: str = "Prov-TSA", key: Any = None) -> None:
        self.folder, self.next, self.asked = folder, list[Answer](), 0
        folder.mkdir(parents=True)
        self.root = _authority(folder, name, key or rsa.generate_private_key(65537, 2048))
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))

    def answer(self, question: bytes) -> bytes:
        query, reply = self.folder / "query", self.folder / "reply"
        query.write_bytes(question)
        command = ("openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", query, "-signer", "tsa.pem")
        run = (*command, "-inkey", "tsa.key", "-chain", "root.pem", "-out", reply)
        subprocess.run(run, cwd=self.folder, check=True, capture_output=True)
        return reply.read_bytes()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Its address, while it runs."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(tsa: Tsa) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            tsa.asked += 1
            answer = tsa.next.pop(0) if tsa.next else Answer()
            time.sleep(answer.delay)
            body = answer.change(tsa.answer(question)) if answer.body is None else answer.body
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    return Handler


def _authority(folder: Path, name: str, key: Any) -> str:
    now, root_key = datetime.now(UTC), ec.generate_private_key(ec.SECP384R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} rot")])
    root = _builder(issuer, issuer, root_key.public_key(), now)
    root = root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    signed_root = root.sign(root_key, hashes.SHA384())
    own = _builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), issuer, key.public_key(), now)
    own = own.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    (folder / "tsa.pem").write_bytes(own.sign(root_key, hashes.SHA384()).public_bytes(serialization.Encoding.PEM))
    pem = signed_root.public_bytes(serialization.Encoding.PEM)
    (folder / "root.pem").write_bytes(pem)
    (folder / "tsa.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem.decode()


def _builder(subject: x509.Name, issuer: x509.Name, public: Any, now: datetime) -> x509.CertificateBuilder:
    made = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=public)
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=2))
    return made.not_valid_after(now + timedelta(days=3650))
