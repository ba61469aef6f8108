"""The catalogue of reasons: whole, unique, in two languages with the same facts."""

from __future__ import annotations

import re

from data.contracts.reason import Reason
from data.contracts.reasons import REASONS, cells, files, headers, layout, pulls, rows
from data.contracts.reasons.files import NO_FILE
from data.contracts.reasons.headers import MISSING_COLUMN
from data.words import set_language


def test_every_reason_is_in_the_catalogue_once_and_in_order_of_its_series() -> None:
    modules = (cells, files, headers, layout, pulls, rows)
    found = [value for module in modules for value in vars(module).values()]
    defined = [value for value in found if isinstance(value, Reason)]
    codes = [reason.code for reason in REASONS]
    assert set(REASONS) == set(defined)
    assert len(set(codes)) == len(codes)
    assert len({code.split("_")[0] for code in codes}) == len(codes)
    assert all(re.fullmatch(r"[EW][1-5]\d\d_[A-Z_]+", code) for code in codes)
    assert codes == sorted(codes)


def test_both_languages_name_the_same_facts_and_say_what_to_do() -> None:
    for reason in REASONS:
        facts = [set(re.findall(r"\{(\w+)\}", zh + todo)) for zh, todo in _texts(reason)]
        assert facts[0] == facts[1], reason.code
        assert all(text and todo for text, todo in _texts(reason))


def _texts(reason: Reason) -> list[tuple[str, str]]:
    return [(reason.zh, reason.todo_zh), (reason.en, reason.todo_en)]


def test_a_message_is_in_the_language_of_the_reader() -> None:
    assert NO_FILE.message() == "没有找到文件。请检查路径，或 sources.toml 的 location"
    set_language("en")
    try:
        error = MISSING_COLUMN.refuse("roster", "r.xlsx", missing="姓名", found="{备注}", hint="")
    finally:
        set_language("zh")
    assert "[E202_MISSING_COLUMN] required columns are missing: 姓名. Header found: {备注}." in str(error)
