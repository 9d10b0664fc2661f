"""What must not leave the computer, as it looks in text that a program wrote: addresses, accounts and keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address


class Kind(StrEnum):
    """What was taken out."""

    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    STATION = "station"
    SERIAL = "serial"
    NETWORK = "network"
    MAC = "mac"
    IP = "ip"
    USER = "user"
    COMPUTER = "computer"
    SECRET = "secret"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something to look for. Its group "it" is taken out, or all of it; `unless` lets harmless ones stay."""

    kind: Kind
    shape: re.Pattern[str]
    unless: Callable[[str], bool] = lambda found: False


def _pattern(kind: Kind, shape: str, unless: Callable[[str], bool] = lambda found: False) -> Pattern:
    return Pattern(kind, re.compile(shape), unless)


_ANYBODYS = (
    *map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16")),
    *map(IPv4Network, ("0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "255.0.0.0/8")),
)


def _tells_nothing(text: str) -> bool:
    """An IPv4 address that is the same at a thousand sites, a mask, or no address at all."""
    try:
        address = IPv4Address(text)
    except AddressValueError:
        return True
    return any(address in network for network in _ANYBODYS)


def _is_no_ipv6(text: str) -> bool:
    """Times and other numbers between colons are none; what is left may hold a computer's MAC address."""
    try:
        return IPv6Address(text.partition("%")[0]) in (IPv6Address("::"), IPv6Address("::1"))
    except AddressValueError:
        return True


def _is_a_number_of_ours(name: str) -> bool:
    """A file that is called by the number of its job, as the wizard's are, names nobody."""
    return re.fullmatch(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}(?:\.\w+)?", name) is not None


_REST = r"(?P<it>[^\n]+)"  # a key may hold blanks, so the line ends there
_KEY_WORDS = (
    r"\w*(?:passw(?:or)?d|passphrase|passord|lösenord|lösenfras|nyckel|nøkkel|psk|nmk)\w*|dak|dpw|"
    r"(?:wi-?fi|wpa\d?|network|api)[-_ ]?key|pin(?:[-_ ]?(?:code|koden?))?"
)
_LOOSE_WORDS = r"key|secret|token|credentials?|authorization|cookie|hemlig\w*|hemmelig\w*|qr(?:[-_ ]?(?:code|koden?))?"
_HEX = "[0-9A-Fa-f]"

# In this order: a key that holds what looks like a MAC address is a key.
PATTERNS = (
    _pattern(Kind.SECRET, r"(?s)-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|\Z)"),
    _pattern(Kind.SECRET, r"(?i)\bWIFI:[^\n]*?;;|\bWIFI:\S+"),
    _pattern(Kind.SECRET, r"(?<=://)[^/\s@\"']+(?=@)"),
    _pattern(Kind.SECRET, rf"(?i)(?<![^\W_])(?:{_KEY_WORDS})(?![^\W_])[\"']?\s*(?:[=:]|är|er|is)?\s*{_REST}"),
    _pattern(Kind.SECRET, rf"(?i)(?<![^\W_])(?:{_LOOSE_WORDS})(?![^\W_])[\"']?\s*[=:]\s*{_REST}"),
    _pattern(Kind.SECRET, rf"(?<!{_HEX})(?:{_HEX}{{2}}[:-]){{7,}}{_HEX}{{2}}(?!{_HEX})"),
    _pattern(Kind.SECRET, rf"(?<![0-9A-Za-z]){_HEX}{{32,}}(?![0-9A-Za-z])"),
    _pattern(Kind.SECRET, r"(?<![\w-])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?![\w-])"),
    _pattern(Kind.NETWORK, rf"(?i)(?<![^\W_])(?:e?ssid|nätverksnamn|nettverksnavn)(?![^\W_])[\"']?\s*[=:]?\s*{_REST}"),
    _pattern(Kind.TEXT, r"(?i)https?://[^\s?\"']+\?(?P<it>[^\s\"']+)"),
    _pattern(Kind.EMAIL, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    _pattern(Kind.USER, r"(?i)(?:[a-z]:|\\)\\{1,2}users\\{1,2}(?P<it>[^\\/:*?\"<>|\n]+)"),
    _pattern(Kind.USER, r"(?:/home/|/Users/)(?P<it>[^/\s\"':]+)"),
    _pattern(Kind.TEXT, r"(?i)(?<=[/\\\"'])[^/\\\n\"']+(?=\.(?:dkjob|pdf)(?!\w))", _is_a_number_of_ours),
    _pattern(Kind.MAC, rf"(?<![0-9A-Za-z:-])(?:{_HEX}{{2}}[:-]){{5}}{_HEX}{{2}}(?![0-9A-Za-z:-])"),
    _pattern(Kind.MAC, rf"(?<![0-9A-Za-z.])(?:{_HEX}{{4}}\.){{2}}{_HEX}{{4}}(?![0-9A-Za-z.])"),
    _pattern(Kind.MAC, rf"(?<![0-9A-Za-z]){_HEX}{{12}}(?![0-9A-Za-z])", str.isdecimal),
    _pattern(Kind.IP, r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)", _tells_nothing),
    _pattern(Kind.IP, rf"(?<![\w:.])(?:{_HEX}{{0,4}}:){{2,7}}{_HEX}{{0,4}}(?:%\w+)?(?![\w:])", _is_no_ipv6),
    _pattern(Kind.PHONE, r"(?<![\w+])\+\d[\d \-()]{6,14}\d(?![\d:])"),
    _pattern(Kind.SERIAL, r"(?<![0-9A-Za-z])[A-Z]{3}\d{6}(?!\w)"),
)


def names_a_key(name: str) -> bool:
    """Whether what goes by this name is a key, whatever it looks like."""
    return re.fullmatch(rf"(?i)(?:{_KEY_WORDS}|{_LOOSE_WORDS})", name) is not None


def taken_out(text: str, mask: Callable[[Kind, str], str]) -> str:
    """The text with everything that one of the patterns finds replaced by what `mask` gives for it."""
    for pattern in PATTERNS:
        text = "".join(_pieces(text, pattern, mask))
    return text


def _pieces(text: str, pattern: Pattern, mask: Callable[[Kind, str], str]) -> Iterator[str]:
    at = 0
    for match in pattern.shape.finditer(text):
        start, end = match.span("it" if "it" in pattern.shape.groupindex else 0)
        found = text[start:end]
        yield text[at:start]
        yield found if pattern.unless(found) else mask(pattern.kind, found)
        at = end
    yield text[at:]
