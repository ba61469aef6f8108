"""The catalogue of messages as Markdown, made from the catalogue itself, so that it cannot differ from what is said."""

from __future__ import annotations

from data.contracts.reason import Reason
from data.contracts.reasons import REASONS

#: Series of codes by their first two characters: what they are about, and what follows from one.
_SERIES = {
    "E1": ("文件 · Files", "文件不能使用，运行停止。 The file cannot be used and the run stops."),
    "E2": ("表头 · Headers", "文件不能使用，运行停止。 The file cannot be used and the run stops."),
    "E4": ("行 · Rows", "此行拒收；过半则文件停止。 The row is rejected; more than half of them stop the file."),
    "E5": ("取数 · Pulls", "来源取不到或不完整，运行停止。 The source cannot be had whole and the run stops."),
    "W1": ("文件提示 · Files, noted", "照收。 Accepted, but somebody should know."),
    "W2": ("表头提示 · Headers, noted", "照收。 Accepted, but somebody should know."),
    "W3": ("单元格提示 · Cells, noted", "此行照收。 The row is kept."),
    "W4": ("行提示 · Rows, noted", "此行的格子互相矛盾，照收。 Cells of the row contradict each other; it is kept."),
}


def reasons_markdown() -> str:
    """The whole page: for each series of codes what is wrong and what to do, in Chinese and English."""
    head = [
        "# 提示信息 Messages",
        "",
        "由 `data/contracts/reasons/` 生成，请勿手改。 Made from `data/contracts/reasons/`; do not edit.",
        "`{…}` 处填入事实（列名、行号、数目），从不填入单元格的值。",
        "Facts go where `{…}` stands; never the value of a cell.",
    ]
    return "\n".join([*head, *(line for series in _SERIES for line in _section(series))]) + "\n"


def _section(series: str) -> list[str]:
    title, effect = _SERIES[series]
    rows = [_row(reason) for reason in REASONS if reason.code.startswith(series)]
    return [
        *("", f"## {series}xx {title}", "", effect, ""),
        *("| code | 说明 | 怎么办 | what is wrong | what to do |", "|---|---|---|---|---|"),
        *rows,
    ]


def _row(reason: Reason) -> str:
    texts = (reason.zh, reason.todo_zh, reason.en, reason.todo_en)
    cells = " | ".join(text.replace("|", "\\|") for text in texts)
    return f"| `{reason.code}` | {cells} |"
