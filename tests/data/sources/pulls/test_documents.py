"""JSON documents: exact digits, paths, and nothing outside the contract."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sources.pull_spec import HttpPull
from data.sources.pulls.columns import DELETED, allow_list, key_columns
from data.sources.pulls.documents import at_path, chunk_of, parsed, records_of
from tests.data.sources.pulls.builders import spec_of

DOCUMENT = {"a": {"b": [{"c": 1}, 2]}, "a.b": "dotted", "n": None, "list": []}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b", "dotted"),
        ("a.b.0.c", 1),
        ("a", DOCUMENT["a"]),
        ("n", None),
        ("n.x", None),
        ("z", None),
        ("list.0", None),
    ],
)
def test_paths(path: str, found: object) -> None:
    assert at_path(DOCUMENT, path) == found


def test_a_path_may_begin_in_a_list() -> None:
    assert at_path([{"c": 1}], "0.c") == 1


def test_numbers_keep_their_digits() -> None:
    assert parsed(b'[460022190001010010, 1998.10, 1e3, NaN, true, null, "5"]') == [
        "460022190001010010",
        "1998.10",
        "1e3",
        None,
        True,
        None,
        "5",
    ]


@pytest.mark.parametrize("body", [b"", b"<p>", b'{"a": ', b"[" * 100_000, b"\xff\xfe\xfd"])
def test_what_is_no_document(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parsed(body)


@pytest.mark.parametrize("document", [{"items": {}}, {"items": [1]}, {}, [], "x", None, {"items": None}])
def test_where_no_records_are(document: object) -> None:
    assert records_of(document, "items") is None


def test_a_chunk_holds_what_the_contract_knows() -> None:
    declared = HttpPull(url="https://h/x", key=("id",))
    spec = spec_of(columns={"name": "who.name"}, http={"url": "https://h/x", "key": "id"})
    records = [
        {"id": "2", "who": {"name": "王明", "religion": "x"}, "性别": "男", "民族": "汉", "460022190001010010": "x"},
        {"id": "1", "姓名": "别名"},
    ]
    chunk = chunk_of(records, declared, allow_list("r", "http:r", spec), {"next": 2})
    assert chunk.table.to_pydict() == {"性别": ["男", None], "who.name": ["王明", None], key_columns(1)[0]: ["2", "1"]}
    assert chunk.n_untaken == {"民族": 1, "姓名": 1, "460022********0010": 1}
    assert DELETED not in chunk.table.column_names


_JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("姓名", "性别", "x", "id")), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.sampled_from(("姓名", "性别", "民族", "id", "x")), _JSON, max_size=5), max_size=4))
def test_any_record_becomes_as_many_rows(records: list[dict[str, object]]) -> None:
    spec = spec_of(http={"url": "https://h/x", "key": "id"})
    declared = spec.http
    assert declared is not None
    chunk = chunk_of(records, declared, allow_list("r", "http:r", spec), {})
    assert chunk.table.num_rows == len(records)
    assert set(chunk.table.column_names) <= {"姓名", "性别", *key_columns(1)}
