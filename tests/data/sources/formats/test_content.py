"""Content decides: what each kind of bytes is read as, and which words refuse the rest."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import SourceFileError
from data.sources.formats.content import grids
from data.sources.grid import Grid
from tests.data.sources.builders import SAMPLES

_XML_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="甲"><Table><Row><Cell>'
    '<Data ss:Type="String">姓名</Data></Cell></Row></Table></Worksheet></Workbook>'
)


def read(data: bytes) -> list[Grid]:
    return list(grids(data, "s", "f", delimiter_of=lambda text: "\t" if "\t" in text else ","))


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "姓名,性别\n王明,男\n".encode(),
        "\ufeff姓名,性别\n王明,男\n".encode(),
        "姓名,性别\r\n王明,男".encode("gb18030"),
        "姓名\t性别\r\n王明\t男\r\n".encode("utf-16"),
        "\ufeff姓名\t性别\r\n王明\t男\r\n".encode("utf-16-be"),
        "<table><tr><td>姓名<td>性别</tr><tr><td>王明<td>男</tr></table>".encode("gb18030"),
        "\ufeff<!-- x --><TABLE><tr><td>姓名<td>性别</tr><tr><td>王明<td>男</tr></TABLE>".encode(),
        '<?xml version="1.0"?><html><table><tr><td>姓名<td>性别</tr><tr><td>王明<td>男</tr></table></html>'.encode(),
    ],
)
def test_the_same_table_in_every_dress(data: bytes) -> None:
    (grid,) = read(data)
    assert grid.cells.to_numpy().tolist() == [["姓名", "性别"], ["王明", "男"]]
    assert grid.row_numbers.tolist() == [1, 2]
    assert not grid.numeric.any()


def test_text_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    (grid,) = read('\n姓名,备注\n\n王\0明,"甲\n乙"\n ,\n李\u200b丽,#N/A\n{}'.format("符海,\n" * 50).encode())
    assert grid.cells.to_numpy().tolist() == [
        ["姓名", "备注"],
        ["王明", "甲\n乙"],
        ["李丽", None],
        *[["符海", None]] * 50,
    ]
    assert grid.row_numbers.tolist() == [2, 4, 6, *range(7, 57)]
    assert (grid.n_blank, grid.n_invisible, grid.errors) == (2, 2, ((6, 1),))


def test_a_workbook_of_2003_in_xml_is_one() -> None:
    for text in (_XML_2003, "\ufeff" + _XML_2003):
        assert [grid.sheet for grid in read(text.encode())] == ["甲"]
    assert [grid.sheet for grid in read(_XML_2003.encode("utf-16"))] == ["甲"]


def test_nothing_is_in_nothing() -> None:
    assert read(b"") == []
    assert read(b"\xef\xbb\xbf \r\n") == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "E107_NOT_A_TABLE"),
        (b"\x89PNG\r\n\x1a\n", "E107_NOT_A_TABLE"),
        (b"{\\rtf1 x}", "E107_NOT_A_TABLE"),
        (b"Rar!\x1a\x07\x00", "E116_PACKED"),
        (b"7z\xbc\xaf\x27\x1c", "E116_PACKED"),
        (b"PK\x05\x06" + bytes(18), "E116_PACKED"),
        (zipped(a=b"x"), "E116_PACKED"),
        (zipped(word__document=b"x"), "E114_OFFICE_DOCUMENT"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "E114_OFFICE_DOCUMENT"),
        (zipped(xl__x=b"x"), "E104_CORRUPT_WORKBOOK"),
        (zipped(xl__x=b"x")[:40], "E104_CORRUPT_WORKBOOK"),
        (b'<?xml version="1.0"?><office:document/>', "E106_WEB_PAGE"),
        (b"<html><script>login()</script></html>", "E106_WEB_PAGE"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "E104_CORRUPT_WORKBOOK"),
        ("姓名,性别".encode("utf-16-le"), "E108_ENCODING"),
        (b"a,b\n\x80\xff\xff,\n", "E108_ENCODING"),
        (b"\xff\xfea", "E108_ENCODING"),
    ],
)
def test_everything_else_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(SourceFileError, match=code):
        read(data)


def test_a_word_document_is_called_one() -> None:
    data = bytearray((SAMPLES / "roster.xls").read_bytes())
    at = data.index("Workbook".encode("utf-16-le"))
    name = "WordDocument".encode("utf-16-le")
    data[at : at + len(name)] = name
    data[at + 64] = len(name) + 2
    with pytest.raises(SourceFileError, match=r"E114_OFFICE_DOCUMENT.*Word"):
        read(bytes(data))


_FILES = [path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix != ".md"]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_files_are_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(data.draw(st.sampled_from(_FILES)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
        damaged = damaged or bytearray(b"x")
    try:
        found = read(bytes(damaged))
    except SourceFileError:
        return
    assert all(len(grid.cells) == len(grid.row_numbers) for grid in found)


@settings(max_examples=50)
@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"<table>", b"\xff\xfe", b"<?xml ?><Workbook>"]))
def test_any_bytes_are_read_or_refused_and_nothing_else(noise: bytes, start: bytes) -> None:
    try:
        found = read(start + noise)
    except SourceFileError:
        return
    assert all(grid.cells.notna().any(axis=1).all() for grid in found)
