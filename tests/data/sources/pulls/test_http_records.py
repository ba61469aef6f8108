"""What an endpoint's records say: changes since the last pull, values by declared paths, their order."""

from __future__ import annotations

import pytest

from data.errors import SourceFileError
from data.settings import Settings
from tests.data.sources.pulls.builders import (
    ALL,
    ID_NO,
    NAMES,
    Answer,
    Request,
    endpoint,
    http_spec,
    names,
    page,
    pulled,
    record,
    spec_of,
)


def test_changes_are_asked_for_since_before_the_last_pull_began(own: Settings) -> None:
    changed = {"param": "updated_since", "field": "meta.at"}
    rows = [record(number, meta={"at": f"2016-06-16T08:00:{number:02d}Z"}) for number in range(1, 11)]

    def script(request: Request, _: int) -> Answer:
        since = request.params.get("updated_since", "")
        return page([row for row in rows if str(row["meta"]["at"]) >= since])  # type: ignore[index]

    with endpoint(script) as served:
        declared = http_spec(served.url, watermark=changed, deleted={"column": "gone"}, overlap_seconds=3)
        assert len(pulled(declared).cells) == 10
        rows[2] = record(3, name="改名", meta={"at": "2016-06-16T09:00:00Z"})
        rows[4] = record(5, gone="2016-06-16", meta={"at": "2016-06-16T09:00:00Z"})
        second = names(pulled(declared))
        third = names(pulled(declared))
        since = [request.params.get("updated_since") for request in served.requests]
    assert second == third == ["党员1", "党员2", "改名", "党员4", *(f"党员{number}" for number in range(6, 11))]
    assert since[0] is None
    # The newest was at second 10; less three of overlap, less the fraction of a second that the pull took.
    assert "2016-06-16T08:00:05" < str(since[1]) <= "2016-06-16T08:00:07"
    assert str(since[2]).startswith("2016-06-16T08:59:5")


def test_a_watermark_has_to_be_a_time(own: Settings) -> None:
    declared = {"param": "since", "field": "id"}
    with endpoint(lambda *_: page(ALL)) as served, pytest.raises(SourceFileError, match=r"E513_KEY_TYPE.*id"):
        pulled(http_spec(served.url, watermark=declared))


def test_nested_records_come_by_declared_paths_and_nothing_else(own: Settings) -> None:
    person = {
        "name": "王明\u0000",
        "religion": "x",
        "ids": [{"no": ID_NO}],
        "phones": ["13900001234", None, "13900001235"],
    }
    columns = {"name": "person.name", "id_no": "person.ids.0.no", "mobile": "person.phones"}
    with endpoint(lambda *_: page([{"id": 7, "person": person, "姓名": "别名", "备注": {"a": 1}}])) as served:
        table = pulled(http_spec(served.url, columns))
    assert dict(zip(table.headers, table.cells.iloc[0], strict=True)) == {
        "person.name": "王明",
        "person.ids.0.no": ID_NO,
        "person.phones": "13900001234；13900001235",
        "备注": None,
    }
    assert (table.n_invisible, table.n_untaken) == (1, {"姓名": 1})


def test_without_a_key_the_records_keep_their_order(own: Settings) -> None:
    with endpoint(lambda *_: page(list(reversed(ALL)))) as served:
        table = pulled(spec_of(http={"url": served.url, "records": "items"}))
    assert names(table) == NAMES[::-1]
