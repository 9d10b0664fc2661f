"""What can be said of a powerline network and of its stations once it has been measured."""

from __future__ import annotations

from ..domain.finding import Code, Responsible, Scale, Severity

INSTALLER = Responsible.INSTALLER

GATEWAY_FOUND = Code("plc.gateway-found", 600, Severity.OK)
FACTORY_KEY = Code("plc.factory-key", 601, Severity.WARNING, INSTALLER)
NEIGHBOURS = Code("plc.neighbours", 602, Severity.WARNING, INSTALLER)
MEMBERS = Scale(
    "plc.members",
    "count",
    "plc-module-stations",
    Code("plc.members-room", 603, Severity.OK),
    Code("plc.members-crowded", 604, Severity.WARNING, INSTALLER),
)
NO_MEMBERS = Code("plc.no-members", 605, Severity.FAILURE, INSTALLER)
GATEWAY_ALONE = Code("plc.gateway-alone", 606, Severity.WARNING, INSTALLER)
MEMBERS_MISSING = Code("plc.members-missing", 607, Severity.WARNING, INSTALLER)
UNREADABLE = Code("plc.gateway-unreadable", 608, Severity.INFO)
BLOCKS = Scale(
    "plc.blocks",
    "lost",
    "plc-blocks",
    Code("plc.blocks-good", 609, Severity.OK),
    Code("plc.blocks-many-lost", 627, Severity.FAILURE, INSTALLER),
    Code("plc.blocks-lost", 626, Severity.WARNING, INSTALLER),
)
GATEWAY_CODES = (*(GATEWAY_FOUND, FACTORY_KEY, NEIGHBOURS, NO_MEMBERS, GATEWAY_ALONE, MEMBERS_MISSING, UNREADABLE),)
GATEWAY_SCALES = (MEMBERS, BLOCKS)

MEMBER = Code("plc.station-member", 628, Severity.OK)
MISSING = Code("plc.station-missing", 629, Severity.FAILURE, INSTALLER)
ELSEWHERE = Code("plc.station-elsewhere", 630, Severity.WARNING, INSTALLER)
RATE = Scale(
    "plc.rate",
    "rate",
    "plc-rate",
    Code("plc.rate-full", 631, Severity.OK),
    Code("plc.rate-low", 632, Severity.WARNING, INSTALLER),
)
REPLIES = Scale(
    "plc.replies",
    "share",
    "plc-replies",
    Code("plc.replies-good", 633, Severity.OK),
    Code("plc.replies-few", 635, Severity.FAILURE, INSTALLER),
    Code("plc.replies-lost", 634, Severity.WARNING, INSTALLER),
)
REPLY_TIME = Scale(
    "plc.reply-time",
    "median",
    "plc-reply-time",
    Code("plc.reply-quick", 636, Severity.OK),
    Code("plc.reply-very-slow", 638, Severity.FAILURE, INSTALLER),
    Code("plc.reply-slow", 637, Severity.WARNING, INSTALLER),
)
MUTE = Code("plc.station-mute", 639, Severity.INFO)
SEEN = Code("plc.station-seen", 640, Severity.OK)
UNLISTED = Code("plc.unlisted", 641, Severity.INFO)
ALL_LISTED = Code("plc.all-listed", 642, Severity.OK)
STATION_CODES = (MEMBER, MISSING, ELSEWHERE, MUTE, SEEN, UNLISTED, ALL_LISTED)
STATION_SCALES = (RATE, REPLIES, REPLY_TIME)

SHEET_MODULE = Code("plc.sheet-module", 643, Severity.INFO)
SHEET_FITS = Code("plc.sheet-fits", 644, Severity.OK)
SHEET_DIFFERS = Code("plc.sheet-differs", 645, Severity.FAILURE, INSTALLER)
SHEET_WITHOUT_MODULE = Code("plc.sheet-without-module", 646, Severity.FAILURE, INSTALLER)
SHEET_SHARED = Code("plc.sheet-shared", 647, Severity.FAILURE, INSTALLER)
SHEET_SUPPLY = Code("plc.sheet-supply", 648, Severity.WARNING, INSTALLER)
SHEET_GRID = Code("plc.sheet-it-grid", 649, Severity.INFO)
SHEET_CODES = (SHEET_MODULE, SHEET_FITS, SHEET_DIFFERS, SHEET_WITHOUT_MODULE, SHEET_SHARED, SHEET_SUPPLY, SHEET_GRID)
