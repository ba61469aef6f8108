"""`longlou intake check`: what would be accepted of a file, what is wrong with it, and where."""

from __future__ import annotations

import glob
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from data.contracts.accept import Accepted, accept
from data.contracts.feeds import CONTRACTS
from data.model import FeedKind
from data.settings import record_key
from data.sources.reader import read_source
from data.sources.spec import SourceSpec
from data.store.clock import utc_now
from data.words import tr
from longlou.commands.generate import DAY
from longlou.terminal import Terminal

app = typer.Typer(no_args_is_help=True)
#: Examples shown of each reason.
N_EXAMPLES = 5


@app.callback()
def group() -> None:
    """上传前检查。 Intake of files."""


@app.command("check")
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="要检查的文件。 The file.")],
    source: Annotated[FeedKind, typer.Option("--source", help="来源种类。 Kind of source.")],
    code_system: Annotated[str | None, typer.Option("--code-system", help="年报代码体系。 For annual_reports.")] = None,
    as_of: Annotated[datetime | None, typer.Option("--as-of", formats=DAY, help="时点。 Date.")] = None,
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """检查一个文件：接收多少行，哪个单元格有什么问题。 Check a file; nothing is stored."""
    terminal: Terminal = context.obj
    spec = SourceSpec.model_validate(
        {"kind": source, "location": glob.escape(str(file.resolve())), "area": "46", "code_system": code_system}
    )
    day = (as_of or utc_now()).date()
    tables = read_source(file.name, spec, file.resolve().parent)
    accepted = accept(tables, CONTRACTS[source], spec, record_key(terminal.settings), day)
    document = _document(accepted)
    if json:
        terminal.document(document)
    else:
        _show(terminal, document)


def _document(accepted: Accepted) -> dict[str, Any]:
    """Counts, and every problem with its place; values are never in it."""
    problems = [
        *_rows(accepted.rejected, is_rejected=True),
        *_rows(accepted.notes, is_rejected=False),
    ]
    return {
        "n_read": accepted.n_read,
        "n_accepted": len(accepted.rows),
        "n_dropped": sum(accepted.n_dropped.values()),
        "n_rejected": accepted.n_rejected,
        "unknown_columns": accepted.n_unknown_columns,
        "problems": problems,
    }


def _rows(table: pd.DataFrame, *, is_rejected: bool) -> list[dict[str, Any]]:
    columns = ["source_sheet", "source_row", "field", "reason_code", "message"]
    marked = table[columns].assign(is_rejected=is_rejected).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in marked]


def _show(terminal: Terminal, document: dict[str, Any]) -> None:
    counts = (document["n_read"], document["n_accepted"], document["n_rejected"], document["n_dropped"])
    terminal.say(
        tr(
            "共 {:,} 行：接收 {:,}，退回 {:,}，忽略（空行、小计、说明）{:,}",
            "{:,} rows: {:,} accepted, {:,} rejected, {:,} left out (blank, totals, notes)",
        ).format(*counts)
    )
    for header, n_cells in document["unknown_columns"].items():
        terminal.say(
            tr(f"未采用的列“{header}”（{n_cells:,} 格）", f"column “{header}” is not taken ({n_cells:,} cells)")
        )
    problems = pd.DataFrame(document["problems"], columns=["reason_code", "source_sheet", "source_row", "message"])
    header = (tr("代码", "code"), tr("工作表", "sheet"), tr("行", "row"), tr("问题", "problem"))
    for code, rows in problems.groupby("reason_code"):
        shown = [tuple(map(str, row)) for row in rows.head(N_EXAMPLES).itertuples(index=False)]
        terminal.table(tr(f"{code}：{len(rows):,} 处", f"{code}: {len(rows):,}"), header, shown)
