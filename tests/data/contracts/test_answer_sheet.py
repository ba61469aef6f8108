"""The list of an earlier check is known again by what it holds; a clerk's sheet of the same name is not taken for it."""

from __future__ import annotations

from data.contracts.answer_sheet import MARK, is_answer_sheet, sheet_headers
from data.words import set_language


def test_ours_in_both_languages_and_with_a_line_put_above() -> None:
    for language in ("zh", "en"):
        set_language(language)
        try:
            headers: list[str | None] = [*sheet_headers()]
        finally:
            set_language("zh")
        top: list[list[str | None]] = [[f"x（{MARK}）", None], ["共 1 行"], ["点"], headers]
        assert is_answer_sheet(top)
        assert is_answer_sheet([["请尽快改好"], *top])


def test_not_without_our_mark_or_our_header() -> None:
    headers: list[str | None] = [*sheet_headers()]
    assert not is_answer_sheet([])
    assert not is_answer_sheet([["问题清单"], headers])
    assert not is_answer_sheet([[f"用 {MARK} 检查过"], ["姓名", "公民身份号码"]])
