"""A county of which a register lies in a database and the transfers behind an endpoint: the same result, or nothing."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import create_engine

from data.errors import SourceUnavailable
from data.model import FeedKind
from data.settings import load_settings, use_settings
from data.sources.reader import read_source
from data.sources.spec import load_sources
from data.store.runs import list_runs
from data.store.session import open_store
from flows.reconcile import reconcile
from tests.county import AS_OF
from tests.data.sources.pulls.builders import Answer, Endpoint, Request, endpoint, page

pytestmark = pytest.mark.usefixtures("no_engine")
_SIZE = 3
_KINDS = (FeedKind.ENTERPRISE_REGISTRATION, FeedKind.TRANSFERS)


def _frame(county: Path, kind: FeedKind) -> tuple[str, pd.DataFrame]:
    """A source of this kind and its rows, as the files have them."""
    spec = load_sources(county / "sources.toml", AS_OF)
    name = next(name for name, source in spec.sources.items() if source.kind is kind)
    tables = read_source(name, spec.sources[name], county)
    return name, pd.concat([table.cells.set_axis(table.headers, axis=1) for table in tables], ignore_index=True)


@pytest.fixture
def pulled_county(county: Path, tmp_path: Path) -> Iterator[tuple[Path, Endpoint]]:
    """A copy of the county whose register is a table of SQLite and whose transfers are pages of JSON."""
    folder = tmp_path / "pulled"
    shutil.copytree(county, folder)
    (register, entities), (letters, rows) = (_frame(county, kind) for kind in _KINDS)
    engine = create_engine(f"sqlite:///{folder / 'register.db'}")
    entities.assign(pk=range(len(entities))).to_sql("register", engine, index=False)
    engine.dispose()
    records = json.loads(rows.to_json(orient="records", force_ascii=False))
    numbered = [{**record, "pk": number} for number, record in enumerate(records)]

    def script(request: Request, _: int) -> Answer:
        start = int(request.params["offset"])
        return page(numbered[start : start + _SIZE], total=len(numbered))

    with endpoint(script) as served:
        text = (folder / "sources.toml").read_text(encoding="utf-8")
        text = _moved(
            text, register, f'sql = {{ url = "sqlite:///{folder}/register.db", table = "register", key = "pk" }}'
        )
        http = f'http = {{ url = "{served.url}", records = "items", paging = "offset", total = "total", key = "pk" }}'
        (folder / "sources.toml").write_text(_moved(text, letters, http), encoding="utf-8")
        yield folder, served


def _moved(text: str, source: str, place: str) -> str:
    """The declaration with another place for one source."""
    head = rf"(\[sources\.{re.escape(source)}\]\n(?:(?!\[)[^\n]*\n)*?)location = [^\n]*"
    moved, n = re.subn(head, lambda found: found[1] + place, text)
    assert n == 1
    return moved


def _run(folder: Path, out: Path, var: Path, **more: object) -> dict[str, object]:
    more_settings = {
        "var_dir": var,
        "database_url": f"sqlite:///{var}.db",
        "pull_wait_seconds": 0.0,
        "pull_attempts": 2,
    }
    with use_settings(load_settings().model_copy(update={**more_settings, **more})):
        summary = reconcile(sources=str(folder / "sources.toml"), out=str(out), as_of=AS_OF)
    assert isinstance(summary, dict)
    return summary


def _classes(out: Path) -> list[tuple[str, ...]]:
    """What was found, without the keys that each installation makes for itself."""
    columns = ["primary_class", "flags", "area", "branch"]
    table = pd.read_csv(out / "classifications.csv", dtype=str, keep_default_na=False)[columns]
    return sorted(table.itertuples(index=False, name=None))


def test_a_pulled_county_gives_what_its_files_give(
    county: Path, pulled_county: tuple[Path, Endpoint], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    folder, served = pulled_county
    # One key of hashes for both, so that the same row has the same identifier.
    key = tmp_path / "var" / "keys"
    key.mkdir(parents=True)
    (key / "record.key").write_bytes(bytes(32))
    of_files = _run(county, tmp_path / "of_files", tmp_path / "var")
    of_pulls = _run(folder, tmp_path / "of_pulls", tmp_path / "var", database_url=f"sqlite:///{tmp_path}/other.db")
    assert of_pulls["classes"] == of_files["classes"]
    assert of_pulls["findings"] == of_files["findings"]
    assert _classes(tmp_path / "of_pulls") == _classes(tmp_path / "of_files")
    links = [pd.read_csv(tmp_path / out / "links.csv", dtype=str) for out in ("of_files", "of_pulls")]
    assert set(links[0]["unique_id"]) == set(links[1]["unique_id"])
    assert len(served.requests) > 2
    n_runs_before = len(served.requests)
    again = _run(folder, tmp_path / "of_pulls", tmp_path / "var", database_url=f"sqlite:///{tmp_path}/other.db")
    assert again["run_id"] == of_pulls["run_id"], "nothing changed at the sources"
    assert len(served.requests) == 2 * n_runs_before


def test_a_source_that_dies_half_way_leaves_the_store_as_it_was(
    pulled_county: tuple[Path, Endpoint], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    folder, served = pulled_county
    first = _run(folder, tmp_path / "out", tmp_path / "var")
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    database = _rows(tmp_path / "var.db")
    whole, n_before = served.script, len(served.requests)

    def dying(request: Request, n: int) -> Answer:
        return whole(request, n) if n < n_before + 1 else Answer(status=500)

    served.script = dying
    with pytest.raises(SourceUnavailable, match=r"E501_UNREACHABLE.*HTTP 500.*3 行") as stopped:
        _run(folder, tmp_path / "out", tmp_path / "var")
    assert stopped.value.exit_code != 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == files
    assert _rows(tmp_path / "var.db") == database
    with open_store(f"sqlite:///{tmp_path}/var.db") as store:
        assert [run.run_id for run in list_runs(store)] == [first["run_id"]]
    served.script = whole
    assert _run(folder, tmp_path / "out", tmp_path / "var")["run_id"] == first["run_id"]


def _rows(database: Path) -> list[str]:
    """Everything in the store but the attempts, which tell of every beginning."""
    with closing(sqlite3.connect(database)) as connection:
        return [line for line in connection.iterdump() if 'INSERT INTO "attempts"' not in line]
