"""Which pairs does everybody compare? Blocking rules by name, as equalities of columns that the files hold.

Standard library only: the process that measures imports this.
"""

from __future__ import annotations

from pathlib import Path

Rule = tuple[str, ...]

_TIGHT: tuple[Rule, ...] = (("id_key",), ("name", "birth_year"), ("phone",), ("name", "county"))
#: Sets of rules from few pairs to many.
RULES: dict[str, tuple[Rule, ...]] = {
    "tight": _TIGHT,
    "medium": (*_TIGHT, ("pinyin", "sex"), ("birth_day", "surname")),
    "wide": (*_TIGHT, ("birth_day", "sex")),
    "huge": (*_TIGHT, ("birth_day",)),
}
#: Files of a province, in its folder.
EMPLOYED, MEMBERS, TRUTH, FACTS = "employed.parquet", "members.parquet", "truth.csv", "province.json"
#: What ours compares and how; the rules are added to it.
_SPEC = Path(__file__).with_name("scale.toml")


def spec_text(rules: str) -> str:
    """The specification for `longlou link` with the rules of a set."""
    blocks = (f"[[blocking]]\ncolumns = [{', '.join(map(_quoted, columns))}]\n" for columns in RULES[rules])
    return _SPEC.read_text(encoding="utf-8") + "\n" + "\n".join(blocks)


def _quoted(column: str) -> str:
    return f'"{column}"'
