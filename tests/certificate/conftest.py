"""Words for the made-up checks, and an installer who signs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from installer_gui import i18n
from installer_gui.certificate import appearance, ca, enrolment, holder, identity, issue, layout, trust, verify
from installer_gui.certificate.content import Content, Draft, encode
from installer_gui.certificate.sign import sign
from installer_gui.domain.job import Job
from installer_gui.domain.verdict import Verdict

from .samples import NOW, content, job

WORDS = {
    "check.link-gateway.title": "Routern svarar",
    "check.dhcp-server.title": "En DHCP-server svarar i tid",
    "check.dns-lan.title": "Nätets DNS slår upp alla namn",
    "check.ntp-servers.title": "Tidsservern svarar och går rätt",
    "check.mqtt-hub.title": "Laddstationen når sin molntjänst på TCP 8883",
    "check.https-api.zaptec.com.title": "api.zaptec.com svarar på TCP 443",
    "check.wifi-network.title": "Nätverket finns på 2,4 GHz",
    "check.wifi-signal.title": "Signalen räcker vid laddstationen",
    "check.station-online.title": "Laddstationen är online i portalen",
    "finding.sample.good.title": "Svarar på 12 ms",
    "finding.sample.bad.title": "Utgående TCP 8883 till {host} är spärrad",
    "finding.sample.bad.meaning": "Laddstationerna förblir offline i portalen.",
    "finding.sample.bad.remedy": "Öppna utgående TCP 8883 till namnet, inte till en IP-adress.",
    "finding.sample.online.title": "Bekräftad av {by}",
    "finding.sample.signal-good.title": "{p20}, bra signal",
    "finding.sample.signal-weak.title": "{p20}, svag, nära gränsen",
    "finding.sample.signal-weak.meaning": "Stationen kan tappa förbindelsen när något står i vägen.",
    "finding.sample.signal-weak.remedy": "Flytta accesspunkten närmare eller sätt upp en till, och mät igen.",
}


@pytest.fixture(scope="module", autouse=True)
def _words() -> Iterator[None]:
    with taught():
        yield


@contextmanager
def taught() -> Iterator[None]:
    """For these tests only: the catalogues are shared by the whole run."""
    known = {language: dict(_texts(language)) for language in i18n.LANGUAGES}
    teach()
    yield
    for language, texts in known.items():
        _texts(language).clear()
        _texts(language).update(texts)


def teach() -> None:
    for language in i18n.LANGUAGES:
        _texts(language).update({key: (text,) for key, text in WORDS.items()})


def _texts(language: str) -> dict[str, tuple[str, ...]]:
    return cast(dict[str, tuple[str, ...]], i18n.load(language)._texts)


@dataclass(frozen=True)
class Office:
    """An installer with an identity, the list that vouches for it, and a stranger who has one too."""

    store: identity.Store
    me: identity.Unlocked
    stranger: identity.Unlocked
    trust: trust.TrustList

    def signed(self, made: Job, language: str = "sv") -> bytes:
        """An honest certificate of a sample job."""
        return self.sign(self.content(made, language))

    def content(self, made: Job, language: str = "sv", **changes: object) -> Content:
        plain = content(made, language)
        incomplete = (Draft.INCOMPLETE,) if plain.verdict is Verdict.INCOMPLETE else ()
        signer = issue._signer(self.me.identity)
        return replace(plain, signer=signer, draft=incomplete, **changes)  # type: ignore[arg-type]

    def sign(self, made: Content, raw: bytes | None = None, pages: bytes | None = None) -> bytes:
        """Sign with the installer's key whatever is given."""
        data = encode(made) if raw is None else raw
        drawn = layout.render(made, data) if pages is None else pages
        return sign(drawn, self.me, appearance.of(made), made.issued.local)

    def examine(self, data: bytes, deep: bool = False) -> verify.Report:
        return verify.examine_bytes(data, self.trust, NOW, deep)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    store = identity.Store(folder / "identities", folder / "keys")
    mine = store.create(issue.holder_of(job(1)), NOW, "open sesame")
    other = store.create(holder.Holder("Mallory", "Elektro Nord Ängelholm AB"), NOW, "open sesame")
    pinned = trust.TrustList(pinned=(trust.Pinned(mine.fingerprint),))
    return Office(store, store.unlock(mine, "open sesame"), store.unlock(other, "open sesame"), pinned)


@dataclass(frozen=True)
class House:
    """A distributor with an authority, and an installer whose certificate it issued."""

    ca: ca.Ca
    office: Office

    def trust(self, folder: Path, **changes: Any) -> trust.TrustList:
        """The signed list as verifiers read it, changed in its register before."""
        changed = self.ca.with_register(replace(self.ca.register, **changes)) if changes else self.ca
        path = folder / "trust.json"
        path.write_bytes(changed.trust_list(SECRET, NOW, timedelta(days=90))[1])
        return trust.load(path)


SECRET = "open sesame"


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("house")
    authority = ca.init(folder / "ca", "Laddgrossisten AB", NOW, SECRET)
    store = identity.Store(folder / "identities", folder / "keys")
    asked = enrolment.request(store, issue.holder_of(job(1)), NOW, SECRET)
    authority, entry = authority.issue(asked.pem, holder.Holder(), SECRET, NOW, 730)
    (folder / "answer.pem").write_bytes(entry.pem.encode() + authority.root)
    mine = store.unlock(enrolment.install(store, folder / "answer.pem", NOW), SECRET)
    other = store.unlock(store.create(holder.Holder("Mallory"), NOW, SECRET), SECRET)
    return House(authority, Office(store, mine, other, trust.EMPTY))


@pytest.fixture(scope="session")
def honest(office: Office) -> bytes:
    with taught():
        return office.signed(job(3))
