"""What does pulling a million rows from PostgreSQL cost: whole, cut half-way, by watermark, and read by pandas alone?

python -m bench.pull [--rows 1000000] [--json]; the server is that of TEST_PG_URL or one started for the purpose.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import create_engine, text

from bench.processes import run_module
from data.settings import load_settings, use_settings
from data.sources.pulls.pull import pull
from data.sources.spec import load_sources
from tests import postgres

N_ROWS = 1_000_000
_TABLE = """
CREATE TABLE persons AS SELECT n AS id, md5(n::text) AS 企业统一社会信用代码, '王' || md5((n % 300000)::text) AS 姓名,
    '4699001900' || lpad(n::text, 8, '0') AS 身份证号码, '1390' || lpad(n::text, 7, '0') AS 手机号码, '股东' AS 职务,
    date '2000-01-01' + (n % 5000)::int AS 任职日期, repeat('x', 40) AS 备注说明, n * 2.5 AS 出资额,
    timestamp '2016-01-01' + n * interval '1 second' AS updated_at
FROM generate_series(1, :n) AS n
"""
_KEY = "ALTER TABLE persons ADD PRIMARY KEY (id); ANALYZE persons"
_DECLARED = """
area = "469005"
[manifest]
controller = "bench"
purpose = "rectify_roster"
legal_basis = "synthetic"
retention_on = 2099-12-31
contact = "bench"
[sources.persons]
kind = "enterprise_persons"
columns = {{ entity_no = "企业统一社会信用代码", name = "姓名", id_no = "身份证号码" }}
[sources.persons.sql]
url_env = "BENCH_URL"
table = "persons"
key = "id"
{more}
"""
_BY_WATERMARK = 'watermark = "updated_at"'
_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Cutter(logging.Handler):
    """Ends every other connection once, when the pull has told of so many chunks."""

    def __init__(self, url: str, n_chunks: int) -> None:
        super().__init__(logging.DEBUG)
        self.url, self.n_left = url, n_chunks

    def emit(self, record: logging.LogRecord) -> None:
        """Count the lines about chunks."""
        self.n_left -= record.levelno == logging.DEBUG
        if self.n_left == 0:
            execute(self.url, _END_OTHERS)
            self.n_left = -1


def execute(url: str, *statements: str, **values: object) -> None:
    """Statements outside a transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement), values if ":" in statement else {})
    engine.dispose()


def child(mode: str, url: str, folder: Path, n_rows: int) -> None:
    """One way of reading, in a process of its own."""
    if mode == "pandas":
        engine = create_engine(url)
        with engine.connect() as connection:
            n_found = len(pd.read_sql(text("SELECT * FROM persons ORDER BY id"), connection))
    else:
        if mode == "cut":
            log = logging.getLogger("longlou.pull")
            log.setLevel(logging.DEBUG)
            log.addHandler(Cutter(url, n_rows // 20_000 // 2))
        spec = load_sources(folder / f"{'watermark' if mode in ('first', 'changes') else 'whole'}.toml", date.today())
        with use_settings(load_settings().model_copy(update={"var_dir": folder / "var"})):
            n_found = len(pull("persons", spec.sources["persons"]).cells)
    if n_found != n_rows:
        sys.exit(f"{n_found} rows of {n_rows}")


def measure(n_rows: int) -> dict[str, dict[str, float]]:
    """Mode -> wall and processor seconds, peak MB, rows a second."""
    found = {}
    with (
        postgres.server() as server,
        postgres.database(server) as url,
        tempfile.TemporaryDirectory() as name,
    ):
        folder = Path(name)
        for file, more in (("whole", ""), ("watermark", _BY_WATERMARK)):
            (folder / f"{file}.toml").write_text(_DECLARED.format(more=more), encoding="utf-8")
        execute(url, _TABLE, *_KEY.split("; "), n=n_rows)
        for mode in ("whole", "cut", "first", "changes", "pandas"):
            if mode == "changes":
                execute(url, "UPDATE persons SET updated_at = updated_at + interval '1 year' WHERE id % 100 = 0")
            cost = run_module("bench.pull", "--child", mode, url, name, "--rows", str(n_rows))
            found[mode] = {
                "wall_s": round(cost.wall_s, 2),
                "cpu_s": round(cost.cpu_s, 2),
                "peak_mb": round(cost.peak_mb),
                "rows_per_s": round(n_rows / cost.wall_s),
            }
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.pull")
    parser.add_argument("--rows", type=int, default=N_ROWS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", nargs=3, metavar=("MODE", "URL", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        mode, url, folder = given.child
        # The declaration names a variable; a child of the benchmark has it from the command line.
        os.environ["BENCH_URL"] = url
        child(mode, url, Path(folder), given.rows)
        return
    found = measure(given.rows)
    if given.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{given.rows:,} rows\n{'':10}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'rows/s':>10}")
    for mode, cost in found.items():
        print(f"{mode:10}{cost['wall_s']:>9}{cost['cpu_s']:>9}{cost['peak_mb']:>9}{cost['rows_per_s']:>10,.0f}")


if __name__ == "__main__":
    main()
