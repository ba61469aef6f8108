"""Files that are no table, are protected, damaged or dangerous: each is refused by its own code."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from tests.corpus.case import Case
from tests.corpus.office import converted
from tests.corpus.people import CHEN, FU, HEADER, LI, roster
from tests.corpus.workbook import Page, parts, repacked, xlsx

_SECRET = "synthetic-1900"
_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def _book() -> bytes:
    return xlsx(Page("花名册", [HEADER, *roster(FU, CHEN, LI)]))


def _protected_xlsx() -> bytes:
    """Needs msoffcrypto-tool, which is asked for here only."""
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-not-found,unused-ignore]

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(_book())).encrypt(_SECRET, target)
    return target.getvalue()


def _word() -> bytes:
    """A document whose table looks like a roster."""
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>' for cell in cells)}</w:tr>"
        for cells in (["姓名", "身份证号码"], [FU.name, FU.id_no])
    )
    word = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:tbl>'
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    return _zipped(
        {
            "[Content_Types].xml": types
            + f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_WORD_MAIN}"/></Types>',
            "_rels/.rels": relations + f'Id="r1" Type="{_RELATION}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"{word}{table}</w:tbl></w:body></w:document>",
        }
    )


def _zipped(texts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w"):
        pass
    return repacked(target.getvalue(), {name: text.encode() for name, text in texts.items()})


def _truncated() -> bytes:
    """Half of a workbook, stored without packing: the same bytes whatever packs."""
    made = repacked(_book(), {}, zipfile.ZIP_STORED)
    return made[: len(made) // 2]


def _broken_sheet() -> bytes:
    made = _book()
    sheet = parts(made)["xl/worksheets/sheet1.xml"]
    return repacked(made, {"xl/worksheets/sheet1.xml": sheet[: len(sheet) // 2]})


def _wrong_checksum() -> bytes:
    """One byte inside the packed sheet is another."""
    made = bytearray(_book())
    at = made.index(b"xl/worksheets/sheet1.xml") + 200
    made[at] ^= 0xFF
    return bytes(made)


def _bomb(*, is_honest: bool) -> bytes:
    """A sheet of 400 MB of blanks in 400 KB; a dishonest one says in its directory that it has 1,000 bytes."""
    made = _book()
    sheet = parts(made)["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", b"@</sheetData>")
    before, after = sheet.split(b"@")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts(made).items():
            info = zipfile.ZipInfo(name, (2016, 6, 16, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(info, content)
                continue
            with archive.open(info, "w", force_zip64=False) as part:
                part.write(before)
                for _ in range(400):
                    part.write(b" " * 1024**2)
                part.write(after)
    return target.getvalue() if is_honest else _understated(target.getvalue())


def _understated(data: bytes) -> bytes:
    """The zip with the unpacked size of its sheet given as 1,000 bytes, in both places."""
    changed = bytearray(data)
    for mark, at_size, at_name in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = changed.find(mark)
        while at >= 0:
            if changed[at + at_name :].startswith(b"xl/worksheets/sheet1.xml"):
                struct.pack_into("<I", changed, at + at_size, 1000)
            at = changed.find(mark, at + 4)
    return bytes(changed)


def _picture() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def _refused(file: str, why: str, by: str, build: object, code: str) -> Case:
    return Case(file, why, by, build, refused=code)  # type: ignore[arg-type]


CASES = (
    _refused("refused/password.xlsx", "protected by a password (ECMA-376)", "msoffcrypto", _protected_xlsx, "E105"),
    _refused(
        "refused/password.xls",
        "protected by a password (RC4)",
        "LibreOffice",
        lambda: converted(_book(), "xls", _SECRET),
        "E105",
    ),
    _refused(
        "refused/password.ods",
        "protected by a password (ODF)",
        "LibreOffice",
        lambda: converted(_book(), "ods", _SECRET),
        "E105",
    ),
    _refused("refused/truncated.xlsx", "a copy that broke off", "bytes", _truncated, "E104"),
    _refused("refused/broken_sheet.xlsx", "the XML of the sheet ends half-way", "bytes", _broken_sheet, "E104"),
    _refused(
        "refused/wrong_checksum.xlsx", "one byte of the packed sheet is another", "bytes", _wrong_checksum, "E104"
    ),
    _refused(
        "refused/truncated.xls",
        "an xls whose second half is missing",
        "LibreOffice",
        lambda: (lambda data: data[: len(data) // 2])(converted(_book(), "xls")),
        "E104",
    ),
    _refused("refused/bomb.xlsx", "400 MB of blanks in 400 KB", "bytes", lambda: _bomb(is_honest=True), "E113"),
    _refused(
        "refused/bomb_understated.xlsx",
        "the same, its directory says 1,000 bytes",
        "bytes",
        lambda: _bomb(is_honest=False),
        "E113",
    ),
    _refused("refused/document.docx", "a Word document with a table of members", "bytes", _word, "E114"),
    _refused("refused/document.xlsx", "the same under the name .xlsx", "bytes", _word, "E114"),
    _refused("refused/roster.pdf", "a PDF", "LibreOffice", lambda: converted(_book(), "pdf"), "E107"),
    _refused("refused/picture.xls", "a picture under the name .xls", "bytes", _picture, "E107"),
    _refused(
        "refused/packed.zip",
        "a zip of a workbook",
        "bytes",
        lambda: repacked(_zipped({}), {"花名册.xlsx": _book()}),
        "E116",
    ),
    _refused(
        "refused/login_page.xls",
        "a login page saved instead of the export",
        "text",
        lambda: "<!DOCTYPE html><html><body><form>用户名<input name=u>密码<input name=p></form></body></html>".encode(),
        "E106",
    ),
    _refused(
        "refused/unfinished_page.xls",
        "a table of which the end never arrived",
        "text",
        lambda: f"<html><body><table><tr><td>姓名<td>身份证号码<tr><td>符海生<td>{FU.id_no}<tr><td>陈".encode(),
        "E117",
    ),
    _refused(
        "refused/other.xml",
        "XML that is no spreadsheet",
        "text",
        lambda: f'<?xml version="1.0"?><data><row name="{FU.name}"/></data>'.encode(),
        "E106",
    ),
)
