"""Queries on SQLite: watermark and merging, what is refused, and what an address may hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql

from data.errors import ConfigError, SourceFileError, SourceUnavailable
from data.model import FeedKind
from data.settings import Settings
from data.sources.pull_spec import SqlPull
from data.sources.pulls.sql_question import Question
from tests.data.sources.pulls.builders import names, pulled, row, spec_of, sql_spec, write_rows


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'register.db'}"


def test_rows_come_in_the_order_of_the_key(url: str, own: Settings) -> None:
    write_rows(url, [row(number) for number in (10, 9, 100, 2)])
    table = pulled(sql_spec(url))
    assert names(table) == ["王小明2", "王小明9", "王小明10", "王小明100"]
    assert table.source_row.tolist() == [1, 2, 3, 4]
    assert (table.source, table.source_file, table.source_sheet) == ("registry", "sql:registry", "")
    assert table.headers == ["name", "手机号码", "身份证号"]
    assert table.n_untaken == {"宗教信仰": 0, "updated_at": 0, "gone": 0}


def test_rows_without_a_key_keep_their_order(url: str, own: Settings) -> None:
    write_rows(url, [row(number) for number in (3, 1, 2)])
    declared = spec_of(sql={"url": url, "query": "SELECT * FROM roster;"})
    assert names(pulled(declared)) == ["王小明3", "王小明1", "王小明2"]


def test_a_condition_holds_and_a_time_in_it_is_no_parameter(url: str, own: Settings) -> None:
    write_rows(url, [row(number) for number in range(60)])
    where = "updated_at >= '2016-06-16 00:57:00' AND 1=1 -- :name"
    assert len(pulled(spec_of(sql={"url": url, "table": "roster", "where": where})).cells) == 3


def test_an_empty_register_is_refused_and_an_empty_feed_of_events_is_not(url: str, own: Settings) -> None:
    write_rows(url, [row(1)])
    empty = "SELECT name, name AS 转出党组织, name AS 转入党组织, updated_at AS 开具日期 FROM roster WHERE 1 = 0"
    with pytest.raises(SourceFileError, match="E205_NO_ROWS"):
        pulled(spec_of(sql={"url": url, "query": "SELECT name FROM roster WHERE 1 = 0"}))
    table = pulled(spec_of(FeedKind.TRANSFERS, sql={"url": url, "query": empty}))
    assert table.cells.shape == (0, 4)


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"table": "nobody"}, "E510_QUERY_REFUSED.*no such table: nobody"),
        ({"query": "SELEC 1"}, "E510_QUERY_REFUSED.*syntax error"),
    ],
)
def test_sqlite_says_what_is_wrong_with_the_query(url: str, own: Settings, declared: dict[str, str], told: str) -> None:
    write_rows(url, [row(1)])
    with pytest.raises(SourceFileError, match=told):
        pulled(spec_of(sql={"url": url, **declared}))


def test_a_database_file_that_is_not_there_is_not_made(url: str, own: Settings, tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"E501_UNREACHABLE.*没有这个数据库文件.*5 次"):
        pulled(sql_spec(url))
    assert not (tmp_path / "register.db").exists()


def test_the_address_comes_from_the_environment(url: str, own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rows(url, [row(1)])
    declared = spec_of(sql={"url_env": "REGISTRY_URL", "table": "roster"})
    with pytest.raises(ConfigError, match="REGISTRY_URL"):
        pulled(declared)
    monkeypatch.setenv("REGISTRY_URL", "not an address, s3cret")
    with pytest.raises(ConfigError, match="REGISTRY_URL") as refused:
        pulled(declared)
    assert "s3cret" not in str(refused.value)
    assert not own.pulls_dir.exists()
    monkeypatch.setenv("REGISTRY_URL", url)
    assert len(pulled(declared).cells) == 1


@pytest.mark.parametrize(("url", "package"), [("oracle+oracledb://h/x", "oracledb"), ("kingbase://h/x", "kingbase")])
def test_a_missing_driver_is_named(url: str, package: str, own: Settings) -> None:
    with pytest.raises(ConfigError, match=rf"E514|{package}"):
        pulled(spec_of(sql={"url": url, "table": "t"}))


def test_nothing_answers(own: Settings) -> None:
    url = "postgresql://reader@127.0.0.1:1/register"
    with pytest.raises(SourceUnavailable, match=r"registry.*E501_UNREACHABLE.*OperationalError.*0 行"):
        pulled(spec_of(sql={"url": url, "table": "t", "connect_timeout_seconds": 1}))


def test_statements_compare_as_the_database_does() -> None:
    declared = SqlPull(
        url="postgresql://h/x",
        query="SELECT 1::int WHERE t > '10:30'",
        key=("a", "B"),
        watermark="at",
        timeout_seconds=1,
    )
    made = Question(declared).rows(["a", "name"], "2016", [Decimal(1), "x"]).compile(dialect=postgresql.dialect())
    text = " ".join(str(made).split())
    assert "FROM (SELECT 1::int WHERE t > '10:30' ) AS asked" in text
    assert text.endswith('ORDER BY a, "B"')
    assert "(at >= %(param_1)s OR at IS NULL)" in text
    assert 'a > %(param_2)s OR a = %(param_3)s AND "B" > %(param_4)s OR a = %(param_3)s AND "B" = %(param_5)s' in text
    assert 'OR a IS NULL OR "B" IS NULL' in text
