"""核查结果: what `longlou verify` hands back, the count before and after and the verdict on every line of the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from data.model import Verdict
from reports.columns import with_columns
from reports.ledger_tables import said
from reports.staging import staged
from reports.workbook import Column, Sheet, open_workbook, split, write_sheet

FILE_NAME = "核查结果.xlsx"
SUMMARY_SHEET, LINES_SHEET = "核查结论", "逐条结果"

VERDICT_LABELS = {
    str(Verdict.CONFIRMED): "属实",
    str(Verdict.FALSE): "虚假，建议剔除",
    str(Verdict.REVIEW): "待人工核实",
}

#: The colour says again what the word says: green, red, yellow.
TINTS = {
    VERDICT_LABELS[Verdict.CONFIRMED]: "#E2F0D9",
    VERDICT_LABELS[Verdict.FALSE]: "#F8CBAD",
    VERDICT_LABELS[Verdict.REVIEW]: "#FFF2CC",
}

_DECISIONS = ("同意剔除", "不同意", "需再核")

_SUMMARY_COLUMNS = (Column("项目", "item", 40), Column("条数", "n", 10, "count"), Column("说明", "note", 60))
_LINE_COLUMNS = (
    Column("行号", "source_row", 6, "count"),
    Column("姓名", "name", 10, "code"),
    Column("工作单位", "employer", 28),
    Column("结论", "verdict_label", 15, "code"),
    Column("原因代码", "reason_code", 9, "code"),
    Column("原因", "reason", 16),
    Column("证据等级", "evidence_grade", 9, "code"),
    Column("证据", "message", 44),
    Column("人工步骤", "human_step", 26),
    Column("复核意见", "decision", 11, "code", choices=_DECISIONS),
    Column("复核人", "decided_by", 9, "code"),
    Column("记录键", "unique_id", 22, "code", is_hidden=True),
)


def write_claims_workbook(out: Path, claims: pd.DataFrame, as_of: date, unit: str) -> Path:
    """Write 核查结果.xlsx into `out` and give its path.

    claims: one row a claim: unique_id, source_file, source_sheet, source_row, name, employer, verdict (Verdict) and,
    null when nothing speaks against it, reason_code, reason (what the code means), message (what was found),
    evidence_grade, human_step. An absent column counts as null. `unit`: who asked, in words.
    """
    particulars = f"填报单位：{unit}    截止日期：{as_of.year}年{as_of.month}月{as_of.day}日"
    rows = with_columns(claims, [column.name for column in _LINE_COLUMNS])
    rows["verdict_label"] = said(rows["verdict"], VERDICT_LABELS)
    rows = rows.sort_values(["source_file", "source_sheet", "source_row"], ignore_index=True)
    summary = Sheet(SUMMARY_SHEET, "党员名单核查结论", particulars, _SUMMARY_COLUMNS, _summary(rows), n_frozen=1)
    lines = Sheet(
        LINES_SHEET,
        "党员名单逐条核查结果",
        f"{particulars}    结论为机器建议，剔除须由负责人复核签字",
        _LINE_COLUMNS,
        rows,
        tint_by="verdict_label",
        tints=TINTS,
    )
    with staged(out) as folder, open_workbook(folder / FILE_NAME, as_of) as book:
        for sheet in [summary, *split(lines, "source_file")]:
            write_sheet(book, sheet)
    return out / FILE_NAME


def _summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Before, less the false by reason, after; what remains is what stands and what a person must look at."""
    n = {verdict: int((rows["verdict"] == verdict).sum()) for verdict in Verdict}
    false = rows[rows["verdict"] == Verdict.FALSE]
    by_reason = false.groupby("reason_code").agg(n=("reason_code", "size"), reason=("reason", "first"))
    lines: Sequence[tuple[str, int, str | None]] = [
        ("核查前", len(rows), "名单上的全部条目"),
        ("建议剔除（虚假）", n[Verdict.FALSE], "每条都有依据，见“逐条结果”；须经复核方可剔除"),
        *((f"　其中 {code}", int(row["n"]), row["reason"]) for code, row in by_reason.iterrows()),
        ("核查后", len(rows) - n[Verdict.FALSE], "核查前减去建议剔除"),
        ("　其中 属实", n[Verdict.CONFIRMED], "与名册相符"),
        ("　其中 待人工核实", n[Verdict.REVIEW], "名册上没有找到，或材料不足，不作虚假处理"),
    ]
    return pd.DataFrame(lines, columns=["item", "n", "note"])
