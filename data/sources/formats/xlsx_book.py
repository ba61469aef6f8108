"""What does an xlsx workbook say about all its sheets? Where each is, its date base, which formats show no day."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from data.sources.formats.archive import Archive

#: Larger parts are no lists of sheets or styles.
_MAX_PART = 64 * 1024**2
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OFFICE_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
#: Formats without a code of their own: mmm-yy, and of Chinese programs yyyy"年"m"月" (ECMA-376 part 1, 18.8.30).
_BUILT_IN_MONTHS = frozenset({17, 27, 36, 50, 52, 57})
#: What of a format code is no pattern: quoted text, escapes, colours and languages in brackets.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


@dataclass(frozen=True)
class XlsxBook:
    """parts: of each sheet by its name. waits: all formulas are still to be calculated. is_1904: days count from 1904.
    month_styles: numbers of the cell styles whose dates show year and month only."""

    parts: dict[str, str] = field(default_factory=dict)
    waits: bool = False
    is_1904: bool = False
    month_styles: frozenset[int] = frozenset()


def read_book(archive: Archive) -> XlsxBook:
    """The book; an empty one for what is no xlsx or names its parts in an unknown way."""
    workbook, links = _tree(archive, "xl/workbook.xml"), _tree(archive, "xl/_rels/workbook.xml.rels")
    if workbook is None or links is None:
        return XlsxBook()
    targets = {link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))) for link in links}
    by_path = {"/" + name.lower().lstrip("/"): name for name in archive.names}
    parts = {}
    for sheet in workbook.iterfind(".//{*}sheets/{*}sheet"):
        target = targets.get(sheet.get(_OFFICE) or sheet.get(_OFFICE_STRICT), "")
        if part := by_path.get(target.lower()):
            parts[sheet.get("name", "")] = part
    return XlsxBook(
        parts=parts,
        waits=any(_is_true(node.get("fullCalcOnLoad")) for node in workbook.iterfind(".//{*}calcPr")),
        is_1904=any(_is_true(node.get("date1904")) for node in workbook.iterfind(".//{*}workbookPr")),
        month_styles=_month_styles(_tree(archive, "xl/styles.xml")),
    )


def shows_no_day(code: str) -> bool:
    """Does a number format show year and month, but neither day nor time?"""
    pattern = _LITERAL.sub("", code.split(";")[0]).lower()
    return bool(set("ye") & set(pattern)) and "m" in pattern and not set("dhs") & set(pattern)


def _month_styles(styles: etree._Element | None) -> frozenset[int]:
    if styles is None:
        return frozenset()
    own = {node.get("numFmtId", ""): node.get("formatCode", "") for node in styles.iterfind("{*}numFmts/{*}numFmt")}
    months = {str(number) for number in _BUILT_IN_MONTHS} - set(own)
    months |= {number for number, code in own.items() if shows_no_day(code)}
    formats = [node.get("numFmtId", "") for node in styles.iterfind("{*}cellXfs/{*}xf")]
    return frozenset(position for position, number in enumerate(formats) if number in months)


def _tree(archive: Archive, path: str) -> etree._Element | None:
    name = next((name for name in archive.names if name.lower().lstrip("/") == path.lower()), None)
    if name is None or archive.size(name) > _MAX_PART:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError:
        return None


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")
