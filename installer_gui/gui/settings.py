"""What the wizard remembers between jobs: how it looks and speaks, whom it trusts, and who installs. Qt-free."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from pathlib import Path

from .. import files
from ..domain.job import Installer
from ..domain.plain import Mismatch, from_plain, to_plain
from ..errors import BadInput

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """`language` is "" until one was chosen; `scale` is the text size, 1.0 for 100 %.

    `trust_list` is the file that certificates are verified by, "" for none.
    """

    language: str = ""
    theme: str = "system"
    scale: float = 1.0
    installer: Installer = field(default_factory=Installer)
    sound: bool = False
    trust_list: str = ""


def load(path: Path) -> Settings:
    """The saved settings; a missing or damaged file gives the defaults, because a job matters more."""
    try:
        return from_plain(Settings, json.loads(path.read_bytes()))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, Mismatch) as error:
        log.warning("settings are not readable: %s", error)
        return Settings()


def save(settings: Settings, path: Path) -> None:
    """Keep the settings if the disk takes them."""
    try:
        files.write(path, json.dumps(to_plain(settings), ensure_ascii=False, indent=1).encode())
    except BadInput as error:
        log.warning("settings are not saved: %s", error)
