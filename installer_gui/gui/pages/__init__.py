"""The pages, one file each, imported when they are first shown."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from types import ModuleType

from ...session.flow import Page
from ..wizard import Wizard
from .base import Body

_MODULES: Mapping[Page, str] = {
    Page.START: "start",
    Page.SITE: "site",
    Page.STATIONS: "stations",
    Page.CONNECTION: "connection",
    Page.COMPUTER: "computer",
    Page.WIFI: "wifi",
    Page.POWERLINE: "powerline",
    Page.LTE: "questions",
    Page.BASICS: "network",
    Page.INTERNET: "network",
    Page.STATION_CHECK: "questions",
    Page.DEVIATIONS: "deviations",
    Page.REVIEW: "review",
    Page.CERTIFICATE: "certificate",
}


def make(page: Page, wizard: Wizard) -> Body:
    """The body of a page."""
    body: Body = load(page).PageBody(wizard)
    return body


def load(page: Page) -> ModuleType:
    """The module of a page: done before somebody goes there, the page opens without a pause."""
    return importlib.import_module(f".{_MODULES[page]}", __name__)


def load_ahead(first: Page) -> bool:
    """Load one module that nobody has loaded yet, that of `first` before the others; False when there is none."""
    page = next((page for page in (first, *Page) if f"{__name__}.{_MODULES[page]}" not in sys.modules), None)
    if page is not None:
        load(page)
    return page is not None
