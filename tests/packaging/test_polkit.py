"""What the system says before it lets the privileged program run as root."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from installer_gui.i18n import LANGUAGES

POLICY = Path(__file__).resolve().parents[2] / "packaging/linux/polkit/se.driftklar.probe.policy"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def action():
    return ET.parse(POLICY).getroot().find("action")


@pytest.mark.parametrize("part", ["description", "message"])
def test_every_language_has_its_words(action, part):
    assert {found.get(LANGUAGE, "en") for found in action.findall(part)} == set(LANGUAGES)
    assert all(found.text for found in action.findall(part))


def test_it_is_about_the_packaged_program(action):
    if sys.platform != "linux":
        pytest.skip("for Linux")
    from installer_gui.platforms.linux.helper import PACKAGED

    assert action.find("annotate[@key='org.freedesktop.policykit.exec.path']").text == str(PACKAGED)


def test_nobody_is_let_through_without_an_administrator(action):
    assert {found.text for found in action.find("defaults")} <= {"auth_admin", "auth_admin_keep"}
