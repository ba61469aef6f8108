"""How the answer to a file looks at a terminal: totals, what each column was taken for, the reasons with examples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from data.contracts.answer import Answer
from data.contracts.answer_mapping import ColumnTold, Taken
from data.contracts.answer_words import level_word, totals_line
from data.words import tr
from longlou.terminal import Terminal

#: Reasons shown; the workbook and the JSON document have all.
N_REASONS = 10


def show_answer(terminal: Terminal, answer: Answer, book: Path | None) -> None:
    """Print what a clerk needs to mend the file; no value unmasked, no name."""
    terminal.say(totals_line(answer))
    _show_columns(terminal, answer)
    for code, level, n in answer.reasons.head(N_REASONS).itertuples(index=False):
        _show_reason(terminal, answer, str(code), str(level), int(n))
    n_more = len(answer.reasons) - N_REASONS
    if n_more > 0:
        terminal.say(tr(f"\n另有 {n_more} 种问题，见问题清单", f"\n{n_more} more reasons: see the workbook"))
    if book is None:
        terminal.say(tr("\n没有发现问题", "\nno problems found"))
    else:
        terminal.say(
            tr(f"\n问题清单和标了颜色的副本：{book}", f"\nlist of problems, with a coloured copy of the file: {book}")
        )


def _show_columns(terminal: Terminal, answer: Answer) -> None:
    rows = [
        (told.sheet, told.column, told.header, _taken(told, answer))
        for told in answer.columns
        if told.taken is not Taken.EMPTY
    ]
    header = (tr("列", "column"), tr("表头", "header"), tr("用作", "taken for"))
    _table(terminal, tr("各列的用处", "What each column was taken for"), header, rows)


def _table(terminal: Terminal, title: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A table whose first column is the sheet, left out for files that have none."""
    header = (tr("工作表", "sheet"), *header)
    first = 0 if any(row[0] for row in rows) else 1
    # Square brackets would be taken for styles, and line breaks tear a table apart.
    texts = [tuple(escape(" ".join(cell.split())) for cell in row[first:]) for row in rows]
    terminal.table(title, header[first:], texts)


def _taken(told: ColumnTold, answer: Answer) -> str:
    match told.taken:
        case Taken.TAKEN:
            return told.title if tr("zh", "en") == "zh" else f"{told.field} {told.title}"
        case Taken.LEFT_OUT:
            return tr("（按规定不收）", "(left out on purpose)")
        case _:
            n_cells = answer.n_unknown_columns.get(told.header, 0)
            unknown = tr(f"（不认得，{n_cells:,} 格未读）", f"(not known, {n_cells:,} cells not read)")
            return unknown + _suggestion(told)


def _suggestion(told: ColumnTold) -> str:
    if not told.suggested_field:
        return ""
    option = f"--columns {told.suggested_field}={told.header}"
    return tr(
        f" 是“{told.suggested_title}”吗？若是请加 {option}", f" is it “{told.suggested_title}”? then add {option}"
    )


def _show_reason(terminal: Terminal, answer: Answer, code: str, level: str, n: int) -> None:
    examples = answer.examples(code)
    header = (tr("单元格", "cell"), tr("列", "column"), tr("原值", "value"), tr("问题", "problem"))
    names = ["sheet", "cell", "row", "header", "value_masked", "message"]
    rows = [
        (sheet, cell or tr(f"第 {row} 行", f"row {row}"), header_text, value, message)
        for sheet, cell, row, header_text, value, message in examples[names].to_numpy().tolist()
    ]
    _table(terminal, tr(f"【{level_word(level)}】{code}：{n:,} 处", f"{level_word(level)} {code}: {n:,}"), header, rows)
    for todo in examples["todo"].unique():
        terminal.say(f"→ {todo}")
