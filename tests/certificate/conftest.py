"""Words for the made-up checks, in all three languages."""

from __future__ import annotations

from typing import cast

import pytest

from installer_gui import i18n

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


@pytest.fixture(scope="session", autouse=True)
def _words() -> None:
    teach()


def teach() -> None:
    for language in i18n.LANGUAGES:
        cast(dict[str, tuple[str, ...]], i18n.load(language)._texts).update(
            {key: (text,) for key, text in WORDS.items()}
        )
