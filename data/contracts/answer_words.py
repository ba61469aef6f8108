"""The sentences of an answer: title, totals, how to go on. The workbook, the terminal and the web say the same."""

from __future__ import annotations

from data.contracts.answer import MAX_LISTED, Answer
from data.contracts.answer_sheet import MARK
from data.contracts.reason import Level
from data.words import tr

#: Kinds of rows that are no records, as the readers count them.
_DROPPED = {
    "blank": ("空行", "blank"),
    "title": ("标题", "titles"),
    "header": ("表头", "headers"),
    "repeated_header": ("重复的表头", "repeated headers"),
    "subtitle": ("小标题", "subtitles"),
    "example": ("示例", "examples"),
    "trailer": ("合计、制表人等", "totals and notes"),
}


def title_line(answer: Answer) -> str:
    """The title, with the mark."""
    return tr(f"问题清单：{answer.file}（{MARK}）", f"Problems: {answer.file} ({MARK})")


def totals_line(answer: Answer) -> str:
    """总行数 = 可用 + 需修改 + 已忽略, with the kinds of what was left out."""
    n_dropped = sum(answer.n_dropped.values())
    kinds = [f"{dropped_words(kind)} {n:,}" for kind, n in answer.n_dropped.items() if n]
    by_kind = tr("（{}）", " ({})").format(tr("，", ", ").join(kinds)) if kinds else ""
    to_check = (
        tr(f"（其中请核对 {answer.n_to_check:,}）", f" ({answer.n_to_check:,} to check)") if answer.n_to_check else ""
    )
    return tr(
        f"按“{answer.title}”检查：共 {answer.n_read:,} 行，可用 {answer.n_accepted:,}{to_check}，"
        f"需修改 {answer.n_rejected:,}，已忽略 {n_dropped:,}{by_kind}",
        f"Read as {answer.kind}: {answer.n_read:,} rows, {answer.n_accepted:,} usable{to_check}, "
        f"{answer.n_rejected:,} to correct, {n_dropped:,} left out{by_kind}",
    )


def dropped_words(kind: str) -> str:
    """What a kind of row left out is called."""
    return tr(*_DROPPED.get(kind, (kind, kind)))


def advice_line(answer: Answer) -> str:
    """How to go on, and what is not in the list."""
    text = tr(
        "点“单元格”即到该格；有颜色的格子带批注。改好后可连同本表一起再检查或上传，本表会被忽略并重新生成。",
        "Click a cell to go there; coloured cells carry a comment. Correct them and hand the workbook in again, this "
        "sheet included: it is left out and made anew.",
    )
    if answer.n_problems <= MAX_LISTED:
        return text
    listed = tr(
        f"问题共 {answer.n_problems:,} 处，此处列出 {len(answer.problems):,} 处，改好后再检查一次。",
        f"{answer.n_problems:,} problems, of which {len(answer.problems):,} are listed; correct them and check again.",
    )
    return text + listed


def level_word(level: str) -> str:
    """退回, 请核对 or 提示."""
    return Level(level).word


def page_footer() -> str:
    """Page and number of pages in the codes of spreadsheets."""
    return tr("第 &P 页 共 &N 页", "page &P of &N")
