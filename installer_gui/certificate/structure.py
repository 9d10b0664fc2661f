"""Reads a PDF as strictly as only its own writers can be read, and refuses whatever they would not have written.

A signature covers bytes, not what a reader makes of them. So every byte must belong to an object, a table or a
trailer, every name must be one that the layout or the signature uses, and the signature's revision may touch only
what signing touches. No stream is inflated here, so nothing can explode.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .reasons import Reason, Refused

HEADER = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
_SPECIAL = re.compile(rb"\\.|[()]", re.DOTALL)
_FLAT = re.compile(rb"(?<!\\)\(((?:[^()\\]|\\.)*+)\)", re.DOTALL)
_LEFT = re.compile(rb"[()\\]")
_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]*)")
_REFERENCE = re.compile(rb"(?<!\d)(\d++) 0 R(?![A-Za-z])")
_LENGTH = re.compile(rb"/Length (\d++)(?![0-9 ]* R)")
_SIZE = re.compile(rb"/Size (\d+)(?!\d)")
_TAIL = re.compile(rb"startxref\n(\d+)\n%%EOF\n?\Z")
_ROWS = rb"(?:\d{10} (?:00000 n|65535 f)(?:\r\n| \n))++"
_TABLE = re.compile(rb"xref\n((?:\d{1,7} \d{1,7}\n" + _ROWS + rb")++)trailer\n(<<.{1,2000}?>>)\nstartxref\n", re.DOTALL)
_PART = re.compile(rb"(\d+) (\d+)\n(" + _ROWS + rb")")
_TOKENS = re.compile(
    rb"(?:/[^\x00\t\n\f\r ()<>\[\]{}/%]*+|[ \n]++|(?:\d++ 0 R(?![A-Za-z]) ?)++|<<|>>|[\[\]]"
    rb"|[+-]?(?:\d++(?:\.\d*+)?|\.\d++)|<(?:[0-9A-Fa-f]{2})*+>|(?:true|false|null|R)(?![A-Za-z]))*+"
)
_TOKEN = re.compile(rb"<<|>>|[\[\]]|[^ \n<>\[\]/]+|<[^<>]*>|/[^ \n<>\[\]/]*")
_FONT = re.compile(rb"[A-Z]{6}\+(Inter-(Regular|SemiBold|Bold)(-Identity-H)?|DejaVuSansMono(-Identity-H)?)")
_BETWEEN = b"\n\x00\n"
_PAGE = re.compile(rb"/Type[ \n]*/Page(?![A-Za-z])")
_PAGE_TREE = re.compile(rb"<</Type/Pages/Count (\d+)/Kids\[((?:\d+ 0 R ?)+)\]>>")
TRAILER = 0  # no object has this number
# the most objects, the longest text of one and of all; a certificate of 1000 stations has 8000, 9 kB and 1 MB
_OBJECTS, _LONGEST, _TEXT = 2**17, 2**18, 2**24
_LOCAL = re.compile(rb"[a-z]{1,2}\d{1,4}|Look[0-9a-f]{8}")

# what the layout writes
_PAGES = frozenset(
    b"""A AF AFRelationship Alt Artifact Ascent Author BBox BaseFont Block BorderColor BorderStyle BorderThickness
    CIDFontType0 CIDFontType0C CIDFontType2 CIDSet CIDSystemInfo CIDToGIDMap CMap CapHeight Caption Catalog
    ColSpan ColorSpace Column Contents Count CreationDate Creator DW Datetime Decimal Desc DescendantFonts
    Descent Dest DestOutputProfile Direction DisplayDocTitle Div Document EF Em EmbeddedFile EmbeddedFiles
    Encoding ExtGState F Figure Filespec Filter First Flags FlateDecode Font FontBBox FontDescriptor FontFile2
    FontFile3 FontName GTS_PDFA1 H1 H2 H3 Headers ICCBased ID IDTree Identity Identity-H ImageB ImageC Info
    ItalicAngle K Keywords Kids L L2R LBody LI Lang Last Layout Lbl Length Limits List ListNumbering MCID MCR
    MarkInfo Marked MediaBox Metadata ModDate N Names Next None Nums O Ordering Outlines OutputCondition
    OutputConditionIdentifier OutputIntent OutputIntents P PDF Page Pages Params Parent ParentTree
    ParentTreeNextKey Part Pg Placement Prev ProcSet Range Registry RegistryName Resources RoleMap Root Row
    RowSpan S Scope Size Solid Source Span StemV Strong StructElem StructParents StructTreeRoot Subject Subtype
    Supplement Suspects T TBody TD TH THead TR Table Tabs Terms Text Title ToUnicode Type Type0 UF
    ViewerPreferences W WMode XML XYZ application#2Fjson ca""".split()
)
# what signing adds
_SIGNATURE = _PAGES | frozenset(
    b"""1.2 1.7 2.0 AP AcroForm Adobe.PPKLite Annot Annots BackgroundGS BaseVersion ByteRange CA DeveloperExtensions
    DocMDP ESIC ETSI.CAdES.detached ExtensionLevel ExtensionRevision Extensions FT Fields Form ISO_ M OBJR Obj Perms
    Producer Reason Rect Reference Sig SigFlags SigRef StructParent SubFilter TU TransformMethod TransformParams URL V
    Version Widget XObject""".split()
)
_ONCE_IN_PAGES = (b"AF", b"AFRelationship", b"Catalog", b"EmbeddedFile", b"EmbeddedFiles", b"Filespec", b"Kids")
_ONCE_IN_SIGNATURE = (b"AF", b"AcroForm", b"Annot", b"Annots", b"ByteRange", b"Perms", b"Widget")


@dataclass(frozen=True, slots=True)
class Revision:
    """One part of the file: its objects (without their streams) by number, its trailer, and where it ends."""

    objects: Mapping[int, bytes]
    trailer: bytes
    table: int
    end: int

    @property
    def text(self) -> bytes:
        return b"\n".join((*self.objects.values(), self.trailer))


def revisions(data: bytes) -> tuple[Revision, ...]:
    """The pages, and after them the signature's update if there is one. Raises Refused for anything else."""
    tail = _TAIL.search(data[-64:])
    if not data.startswith(HEADER) or tail is None:
        raise Refused(Reason.STRUCTURE)
    table, trailer, entries = _table(data, int(tail[1]), len(data))
    previous = re.search(rb"/Prev (\d+)\n", trailer)
    if previous is None:
        return (_revision(data, len(HEADER), table, trailer, entries, len(data)),)
    older_table, older_trailer, older_entries = _table(data, int(previous[1]), table)
    if b"/Prev" in older_trailer:
        raise Refused(Reason.STRUCTURE)
    end = data.index(b"%%EOF\n", older_table) + len(b"%%EOF\n")
    older = _revision(data, len(HEADER), older_table, older_trailer, older_entries, end)
    return older, _revision(data, end, table, trailer, entries, len(data))


def check(parts: tuple[Revision, ...]) -> None:
    """Only what the layout and the signature write, and each thing as often as they do. Raises Refused."""
    bare = [*map(without_strings, parts)]
    for texts, allowed, once in zip(bare, (_PAGES, _SIGNATURE), (_ONCE_IN_PAGES, _ONCE_IN_SIGNATURE), strict=False):
        _check_names(b"\n".join(texts.values()), allowed, once)
    if parts[0].objects.keys() - reached(bare[0], {TRAILER}) or not _shows_every_page(bare[0]):
        raise Refused(Reason.STRUCTURE)  # content that no page shows could be put in front later


def _shows_every_page(bare: Mapping[int, bytes]) -> bool:
    """One flat list names every page once: readers differ in what they make of loops and of pages left out."""
    match = next((match for text in bare.values() if (match := _PAGE_TREE.match(text))), None)
    if match is None:
        return False
    pages = sorted(number for number, text in bare.items() if _PAGE.search(text))
    return pages == sorted(map(int, _REFERENCE.findall(match[2]))) and len(pages) == int(match[1])


def without_strings(revision: Revision) -> dict[int, bytes]:
    """Every object's text, and the trailer's, without literal strings. Raises Refused where one does not end in it."""
    texts = {**revision.objects, TRAILER: revision.trailer}
    pieces = outside_strings(_BETWEEN.join(texts.values())).split(_BETWEEN)
    if len(pieces) != len(texts):
        raise Refused(Reason.STRUCTURE)
    return dict(zip(texts, pieces, strict=True))


def reached(bare: Mapping[int, bytes], start: set[int]) -> set[int]:
    """The objects to which some way of references leads."""
    seen, new = set(start), set(start)
    while new:
        texts = b"\n".join(bare.get(number, b"") for number in new)
        new = {int(number) for number in _REFERENCE.findall(texts)} - seen
        seen |= new
    return seen


def outside_strings(text: bytes) -> bytes:
    """The text with a null in the place of every literal string. Raises Refused where a string does not end."""
    return b" null ".join(outside for outside, _ in split(text))


def split(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands outside the literal strings, each piece with the string that follows it (ISO 32000-1, 7.3.4.2)."""
    flat = _FLAT.split(text)
    if any(map(_LEFT.search, flat[::2])):
        yield from _nested(text)
    else:
        yield from zip(flat[::2], (*flat[1::2], b""), strict=True)


def _nested(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The same where strings stand in strings, or what is none stands between them."""
    depth, start = 0, 0
    outside = b""
    for match in _SPECIAL.finditer(text):
        if match[0] == b"(":
            if not depth:
                outside, start = text[start : match.start()], match.end()
            depth += 1
        elif match[0] == b")":
            depth -= 1
            if not depth:
                yield outside, text[start : match.start()]
                start = match.end()
        if depth < 0 or (not depth and match[0] not in b"()"):
            raise Refused(Reason.STRUCTURE)
    if depth:
        raise Refused(Reason.STRUCTURE)
    yield text[start:], b""


def _check_names(text: bytes, allowed: frozenset[bytes], once: tuple[bytes, ...]) -> None:
    if not _TOKENS.fullmatch(text):
        raise Refused(Reason.STRUCTURE)  # a reader that forgives might see another thing there
    names = Counter(_NAME.findall(text))
    unknown = [n for n in names if n not in allowed and not _FONT.fullmatch(n) and not _LOCAL.fullmatch(n)]
    if unknown or any(names[name] != 1 for name in once):
        raise Refused(Reason.STRUCTURE)


def repeats_a_key(text: bytes) -> bool:
    """Whether any dictionary in a text without strings names a key twice: readers differ in which one counts."""
    stack: list[set[bytes] | None] = []
    is_key = False
    for token in _TOKEN.findall(text):
        if token in (b"<<", b"["):
            stack.append(set() if token == b"<<" else None)
            is_key = token == b"<<"
        elif token in (b">>", b"]"):
            stack.pop()
            is_key = bool(stack) and stack[-1] is not None
        elif stack and (keys := stack[-1]) is not None:
            if is_key and token in keys:
                return True
            if is_key and token.startswith(b"/"):
                keys.add(token)
            is_key = not (is_key and token.startswith(b"/"))
    return False


def _table(data: bytes, at: int, end: int) -> tuple[int, bytes, dict[int, int]]:
    """A cross-reference table with its trailer: object number -> offset. No object but 0 may be taken away."""
    match = _TABLE.match(data, at, end)
    if match is None:
        raise Refused(Reason.STRUCTURE)
    entries: dict[int, int] = {}
    free: list[int] = []
    for part in _PART.finditer(match[1]):
        first, count, lines = int(part[1]), int(part[2]), part[3]
        if len(lines) != 20 * count:
            raise Refused(Reason.STRUCTURE)
        for i in range(count):
            if lines[20 * i + 17 : 20 * i + 18] == b"n":
                entries[first + i] = int(lines[20 * i : 20 * i + 10])
            else:
                free.append(first + i)
    if len(entries) > _OBJECTS or free != [0] or _SIZE.findall(match[2]) != [b"%d" % (max(entries, default=0) + 1)]:
        raise Refused(Reason.STRUCTURE)
    return at, match[2], entries


def _revision(data: bytes, start: int, table: int, trailer: bytes, entries: dict[int, int], end: int) -> Revision:
    """Walk from object to object: each begins where the one before ends, so that no byte stands between."""
    objects: dict[int, bytes] = {}
    at = start
    for number, offset in sorted(entries.items(), key=lambda entry: entry[1]):
        if offset != at:
            raise Refused(Reason.STRUCTURE)
        objects[number], at = _object(data, number, at)
    closing = b"startxref\n%d\n%%%%EOF\n" % table
    if sum(map(len, objects.values())) > _TEXT or at != table or data[end - len(closing) : end] != closing:
        raise Refused(Reason.STRUCTURE)
    return Revision(objects, trailer, table, end)


def _object(data: bytes, number: int, at: int) -> tuple[bytes, int]:
    """An object's text without its stream, and the offset behind it."""
    head = b"%d 0 obj\n" % number
    if not data.startswith(head, at):
        raise Refused(Reason.STRUCTURE)
    body, close = at + len(head), data.index(b"\nendobj\n", at)
    stream = data.find(b"stream\n", body, close)
    if stream < 0:
        return _short(data[body:close]), close + len(b"\nendobj\n")
    text = _short(data[body:stream])
    lengths = _LENGTH.findall(text)
    if len(lengths) != 1:
        raise Refused(Reason.STRUCTURE)
    after = stream + len(b"stream\n") + int(lengths[0])
    closing = b"\nendstream\nendobj\n"
    if not data.startswith(closing, after):
        raise Refused(Reason.STRUCTURE)
    return text, after + len(closing)


def _short(text: bytes) -> bytes:
    if len(text) > _LONGEST:
        raise Refused(Reason.STRUCTURE)
    return text
