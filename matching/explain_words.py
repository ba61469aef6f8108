"""How are guards, levels and reasons said to people? Chinese first; the model file's own reasons in English."""

from __future__ import annotations

from data.model import CONFLICT_REASONS
from data.words import language, tr
from matching.spec import ComparisonSpec, Guard, MatchSpec

_RELATIONS = {
    "繁简": "traditional form", "异体": "variant form", "异写": "another spelling", "音同": "sounds the same",
    "近音": "sounds alike", "形近": "looks alike", "换位": "swapped", "缺字": "character missing",
    "多字": "extra character", "错字": "another character", "15位升18位": "15 digits as 18",
    "同偏旁": "a part in common", "音形相近": "sounds or looks alike",
    "错一位": "one digit wrong", "缺一位": "a digit missing", "多一位": "an extra digit",
    "掩码相符": "agrees as far as shown", "精度丢失": "cut off by a spreadsheet", "月日颠倒": "day and month exchanged",
    "缺日": "day missing", "差一年": "the year next to it", "简称": "short name", "分支机构": "branch",
    "行业不同": "other trade", "曾用名": "former name",
}  # fmt: skip


def left_out(reason: str) -> str:
    """A reason of the conflicts in words."""
    return tr(*CONFLICT_REASONS[reason])


def relation(word: str) -> str:
    """A word of `relations` in the reader's language."""
    return tr(word, _RELATIONS.get(word, word))


def comparison(found: ComparisonSpec) -> str:
    """What a comparison is called."""
    return tr(found.title, found.name.replace("_", " "))


def level(found: ComparisonSpec, name: str) -> str:
    """What a level is called; the best one says nothing in a key, here it says that the values are equal."""
    number = found.level(name)
    return tr(found.levels[number].word or "相同", name.replace("_", " "))


def guard(found: Guard, spec: MatchSpec) -> str:
    """A guard: in English its reason, in Chinese its conditions."""
    return found.why if language() == "en" else guard_conditions(found, spec)


def guard_conditions(found: Guard, spec: MatchSpec) -> str:
    """The conditions of a guard."""
    parts = (
        (found.exactly, ("", "")),
        (found.at_least, ("至少", "at least ")),
        (found.at_most, ("至多", "at most ")),
    )
    said = []
    for levels, bound in parts:
        for name, level_name in levels.items():
            compared = spec.comparison(name)
            is_best = compared.levels[-1].name == level_name
            said.append(
                f"{comparison(compared)}{tr('', ' ')}{'' if is_best else tr(*bound)}{level(compared, level_name)}"
            )
    return tr("、", ", ").join(said)
