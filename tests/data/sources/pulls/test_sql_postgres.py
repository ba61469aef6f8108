"""A real PostgreSQL whose connection is cut half-way: the pull resumes, or fails cleanly and whole."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from data.errors import SourceFileError, SourceUnavailable
from data.settings import Settings
from data.sources.pulls import sql
from data.sources.pulls.feed import Chunk
from data.sources.spec import SourceSpec
from tests import postgres
from tests.data.sources.pulls.builders import ID_NO, names, pulled, spec_of, texts_below

pytestmark = pytest.mark.postgres
N_ROWS, CHUNK = 20_000, 3_000
_TABLE = (
    "CREATE TABLE roster AS SELECT n AS id, '党员' || n AS name, :id_no AS 身份证号, 'x' AS 宗教信仰, "
    "timestamp '2016-06-16 00:00' + n * interval '1 second' AS updated_at FROM generate_series(1, :n) AS n"
)


@pytest.fixture
def url(postgres_server: URL) -> Iterator[str]:
    with postgres.database(postgres_server) as made:
        fill(made)
        yield made


def fill(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(_TABLE), {"n": N_ROWS, "id_no": ID_NO})
    engine.dispose()


def terminate_others(url: str) -> None:
    """What an administrator does: every other connection of this database is ended."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


def spec(url: str, **more: object) -> SourceSpec:
    return spec_of(sql={"url": url, "table": "roster", "chunk_rows": CHUNK, **more})


def cut_after(monkeypatch: pytest.MonkeyPatch, chunks: set[int], cut: object) -> list[int]:
    """Run `cut` after these chunks of the whole pull; the sizes of all chunks as they came."""
    sizes: list[int] = []
    chunk = sql.SqlFeed._chunk

    def counted(self: sql.SqlFeed, rows: object, *args: object, **kwargs: object) -> Chunk:
        made = chunk(self, rows, *args, **kwargs)  # type: ignore[arg-type]
        sizes.append(made.table.num_rows)
        if len(sizes) in chunks:
            assert callable(cut)
            cut()
        return made

    monkeypatch.setattr(sql.SqlFeed, "_chunk", counted)
    return sizes


def test_a_connection_that_is_cut_is_resumed_behind_the_last_key(
    url: str, own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = cut_after(monkeypatch, {2, 4}, lambda: terminate_others(url))
    table = pulled(spec(url, key="id"))
    assert names(table) == [f"党员{number}" for number in range(1, N_ROWS + 1)]
    assert sum(sizes) < N_ROWS + 3 * CHUNK
    assert table.source_row.tolist() == list(range(1, N_ROWS + 1))
    assert not list(own.pulls_dir.rglob("spool"))


def test_without_a_key_the_pull_begins_anew(url: str, own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = cut_after(monkeypatch, {3}, lambda: terminate_others(url))
    table = pulled(spec(url))
    assert sorted(names(table)) == sorted(f"党员{number}" for number in range(1, N_ROWS + 1))
    assert sum(sizes) == N_ROWS + 3 * CHUNK


def test_what_breaks_every_time_is_refused_and_resumed_by_the_next_run(
    url: str, own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        # The second row set of every session is lost on the way.
        cut_after(patch, set(range(1, 100)), lambda: terminate_others(url))
        with pytest.raises(SourceUnavailable, match=r"registry.*E501_UNREACHABLE.*AdminShutdown.*续传") as stopped:
            pulled(spec(url, key="id"))
    assert stopped.value.exit_code != 0
    assert ID_NO not in str(stopped.value)
    kept = texts_below(own.pulls_dir)
    assert kept
    assert ID_NO.encode() not in kept
    assert "党员".encode() not in kept
    sizes = cut_after(monkeypatch, set(), None)
    assert names(pulled(spec(url, key="id"))) == [f"党员{number}" for number in range(1, N_ROWS + 1)]
    assert sum(sizes) < N_ROWS


def test_the_watermark_is_that_of_the_beginning(url: str, own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def change() -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE roster SET name = '改名', updated_at = '2016-06-16 06:00' WHERE id IN (1, 19999)")
            )
        engine.dispose()
        terminate_others(url)

    declared = spec(url, key="id", watermark="updated_at", overlap_seconds=0)
    with monkeypatch.context() as patch:
        cut_after(patch, {2}, change)
        first = pulled(declared)
    # Row 1 had been read when it changed; row 19999 had not.
    assert names(first)[0] == "党员1"
    assert names(first)[19_998] == "改名"
    sizes = cut_after(monkeypatch, set(), None)
    second = pulled(declared)
    assert names(second)[0] == "改名"
    assert len(second.cells) == N_ROWS
    assert sum(sizes) == 3, "the two changed rows and the newest of the first pull"


def test_values_are_exact_and_other_columns_are_never_asked_for(url: str, own: Settings) -> None:
    query = (
        "SELECT 1 AS id, 460022190001010010::bigint AS 身份证号, ' 王明\u200b ' AS 姓名, 'x' AS 宗教信仰, "
        "1998.10::numeric AS 入党日期, timestamptz '1985-06-30 16:00+00' AS 出生日期, '12:30' AS 民族, "
        "ARRAY['13900001234','13900001235'] AS 联系电话, NULL AS 备注 -- 全部"
    )
    table = pulled(spec_of(sql={"url": url, "query": query}))
    values = dict(zip(table.headers, table.cells.iloc[0], strict=True))
    assert values == {
        "身份证号": ID_NO,
        "姓名": "王明",
        "入党日期": "1998.10",
        "出生日期": "1985-07-01",
        "联系电话": "13900001234；13900001235",
        "备注": None,
    }
    assert not table.numeric.any()
    assert table.n_invisible == 1
    assert table.n_untaken == {"id": 0, "宗教信仰": 0, "民族": 0}


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"table": "nobody"}, "E510_QUERY_REFUSED.*UndefinedTable 42P01.*nobody"),
        ({"query": "SELECT name, 1/0 AS 年龄, 身份证号 / 0 AS sex FROM roster"}, "E510_QUERY_REFUSED.*42883"),
        ({"query": "SELECT name, (name || 'x')::int::text AS sex FROM roster"}, "E510_QUERY_REFUSED.*22P02"),
        ({"query": "DELETE FROM roster RETURNING name"}, "E510_QUERY_REFUSED"),
        ({"table": "roster", "key": "pk"}, "E511_NO_PULL_COLUMN.*pk"),
        ({"query": "SELECT id FROM roster"}, "E202_MISSING_COLUMN.*姓名"),
        ({"query": "SELECT name, id / 2 AS id FROM roster", "key": "id"}, "E512_KEY_NOT_UNIQUE"),
        ({"query": "SELECT name, nullif(id, 7) AS id FROM roster", "key": "id"}, "E512_KEY_NOT_UNIQUE.*1 行为空"),
        ({"query": "SELECT name, ARRAY[id] AS id FROM roster", "key": "id"}, "E513_KEY_TYPE.*list"),
    ],
)
def test_what_cannot_be_right_is_refused_at_once(url: str, own: Settings, declared: dict[str, str], told: str) -> None:
    with pytest.raises(SourceFileError, match=f"registry.*sql:registry.*{told}") as refused:
        pulled(spec_of(sql={"url": url, **declared}))
    assert "党员" not in str(refused.value).replace("党员花名册", "")
    assert refused.value.exit_code == 3


def test_a_composite_key_of_texts_and_days_resumes(url: str, own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "SELECT name, (updated_at::date + id % 3) AS day, lpad((id / 3)::text, 6, '0') AS part FROM roster"
    sizes = cut_after(monkeypatch, {1, 2, 5}, lambda: terminate_others(url))
    table = pulled(spec_of(sql={"url": url, "query": query, "key": ["day", "part"], "chunk_rows": CHUNK}))
    assert sorted(names(table)) == sorted(f"党员{number}" for number in range(1, N_ROWS + 1))
    assert sum(sizes) < N_ROWS + 4 * CHUNK


def test_a_server_that_stops_hard_is_told_and_the_spool_waits(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of its own, for it is killed: SIGQUIT to the postmaster is PostgreSQL's immediate shutdown."""
    monkeypatch.delenv("TEST_PG_URL", raising=False)
    started = postgres.server()
    server_url = started.__enter__()
    folder = Path(str(make_url(server_url).query["host"]))
    try:
        url = server_url.render_as_string(hide_password=False)
        fill(url)
        checkpoint(url)
        with monkeypatch.context() as patch:
            cut_after(patch, {2}, lambda: stop_hard(folder))
            with pytest.raises(SourceUnavailable, match=r"registry.*E501_UNREACHABLE.*6,000 行"):
                pulled(spec(url, key="id"))
        restart(folder)
        sizes = cut_after(monkeypatch, set(), None)
        assert names(pulled(spec(url, key="id"))) == [f"党员{number}" for number in range(1, N_ROWS + 1)]
        assert sum(sizes) <= N_ROWS - 6_000 + 1
    finally:
        started.__exit__(None, None, None)


def checkpoint(url: str) -> None:
    """The test's server does not write through; what is to outlive it has to be on the disk."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
    engine.dispose()


def stop_hard(folder: Path) -> None:
    _pg_ctl(folder, "-m", "immediate", "stop")


def restart(folder: Path) -> None:
    _pg_ctl(folder, "-w", "-l", str(folder / "log"), "-o", f"-c listen_addresses= -k {folder}", "start")


def _pg_ctl(folder: Path, *arguments: str) -> None:
    command = [str(postgres._programs() / "pg_ctl"), "-D", str(folder / "data"), *arguments]
    account = pwd.getpwnam(postgres._user())
    other = {} if os.getuid() != 0 else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **other)
