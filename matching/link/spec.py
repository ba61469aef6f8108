"""What does the engine read of SPEC.toml? Every default filled in: columns, rules, levels, thresholds."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np

from data.errors import ConfigError
from data.words import tr
from matching.comparisons import LevelComparison
from matching.engine_spec import BlockingRule, EngineComparison, EngineSpec, Frozen, Level, SharedCause
from matching.link.kinds import KINDS, build, even_beliefs, words_of
from matching.link.spec_file import (
    ColumnFile,
    ComparisonFile,
    DecisionFile,
    GuardFile,
    SharedCauseFile,
    SpecFile,
    read_spec_file,
)
from matching.spec import load_spec

Side = Literal["left", "right"]
#: A pair that is as likely right as wrong is worth a look.
_REVIEW_BITS = 0.0
#: Mean weight between two groups of records below which they stay apart.
_BREAK_BITS = 0.0


class LinkColumn(Frozen):
    """One column: its headers in each table, or the columns it is joined from, and how it is cleaned."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    parts: tuple[str, ...]
    steps: tuple[str, ...]
    null: tuple[str, ...]


class LinkComparison(EngineComparison):
    """One comparison of a specification: kind and options name the class."""

    kind: str
    options: dict[str, Any]

    def feature(self) -> LevelComparison[Any]:
        """The comparison at work."""
        return build(self.kind, self.columns, self.options, self.name)


class LinkSpec(EngineSpec):
    """The whole specification. Thresholds in bits; link_threshold None: chosen from the probabilities (`auto`)."""

    weighs_random_links: ClassVar[bool] = True

    mode: Literal["link", "dedupe"]
    id_left: str
    id_right: str
    columns: tuple[LinkColumn, ...]
    comparisons: tuple[LinkComparison, ...]
    never_link_when: tuple[GuardFile, ...] = ()
    expected_links_per_record: float
    link_threshold: float | None
    review_threshold: float
    break_threshold: float
    one_to_one: bool

    @property
    def links_per_record(self) -> float:
        """Links expected for each record of the smaller table."""
        return self.expected_links_per_record


def shipped_specs() -> dict[str, Path]:
    """Specifications that come with the package, by name: febrl1 to febrl4, chinese_persons."""
    folder = Path(str(files("matching.link"))) / "specs"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load_link_spec(path: Path) -> LinkSpec:
    """Read a specification; a name of `shipped_specs` will do when no such file exists. Raises ConfigError."""
    shipped = shipped_specs()
    return complete(read_spec_file(shipped[str(path)] if not path.exists() and str(path) in shipped else path))


def complete(written: SpecFile) -> LinkSpec:
    """Fill every default in. Raises ConfigError for names that do not fit together."""
    comparisons = tuple(_comparison(one) for one in written.comparisons)
    _refuse_twice([one.name for one in comparisons])
    _refuse_twice([column.name for column in written.columns])
    joined = {
        str(one.term_frequency): one.columns for one in comparisons if one.term_frequency and len(one.columns) > 1
    }
    blocking = tuple(
        BlockingRule(name=rule.name or "+".join(rule.columns), columns=rule.columns, any_of=rule.any_of, why=rule.why)
        for rule in written.blocking
    )
    _refuse_twice([rule.name for rule in blocking])
    used = {
        *(column for rule in blocking for column in rule.columns),
        *(column for one in comparisons for column in (*one.columns, one.term_frequency) if column),
    }
    model = written.model.model_dump()
    return LinkSpec(
        **model,
        mode=written.mode,
        id_left=written.id_of("left"),
        id_right=written.id_of("right"),
        columns=_columns(written, used, joined),
        blocking=blocking,
        comparisons=comparisons,
        never_link_when=_guards(written.never_link_when, comparisons),
        shared_causes=_causes(written.shared_causes, comparisons),
        **_thresholds(written.decision),
    )


def _guards(written: tuple[GuardFile, ...], comparisons: tuple[LinkComparison, ...]) -> tuple[GuardFile, ...]:
    """The guards, refused when they name a comparison or a level that is not there."""
    for guard in written:
        for levels in (guard.at_least, guard.at_most, guard.exactly, guard.unless):
            for name, level in levels.items():
                _refuse_unknown("never_link_when", name, level, comparisons)
    return written


def _causes(written: tuple[SharedCauseFile, ...], comparisons: tuple[LinkComparison, ...]) -> tuple[SharedCause, ...]:
    """The shared causes, refused when they name what is not there, or tell one comparison twice."""
    _refuse_twice([cause.name for cause in written])
    for cause in written:
        _refuse_twice([*cause.shares, *cause.levels])
        for name in cause.shares:
            _refuse_unknown("shared_causes", name, None, comparisons)
        for name, levels in cause.levels.items():
            for level in levels:
                _refuse_unknown("shared_causes", name, level, comparisons)
    return tuple(SharedCause(**{**cause.model_dump(), "title": cause.title or cause.name}) for cause in written)


def _refuse_unknown(where: str, name: str, level: str | None, comparisons: tuple[LinkComparison, ...]) -> None:
    """Is there a comparison of this name, and has it the level (None: any)?"""
    known = {one.name: [level.name for level in one.levels] for one in comparisons}
    if name not in known:
        raise ConfigError(tr(f"{where}：没有比较“{name}”", f"{where}: no comparison “{name}”"))
    if level is not None and level not in known[name]:
        raise ConfigError(
            tr(f"{where}：比较“{name}”没有级别“{level}”", f"{where}: comparison “{name}” has no level “{level}”")
        )


def _columns(written: SpecFile, used: set[str], joined: dict[str, tuple[str, ...]]) -> tuple[LinkColumn, ...]:
    """The columns declared, in an order in which parts come before what is joined from them, then those only used."""
    declared = {column.name: column for column in written.columns}
    for parts in (*(column.from_columns for column in written.columns), *joined.values()):
        used = used.union(parts)
    plain = {name: ColumnFile(name=name) for name in sorted(used - set(declared) - set(joined))}
    every = [_column(column) for column in (*declared.values(), *plain.values())]
    every += [
        LinkColumn(name=name, left=(), right=(), parts=parts, steps=(), null=())
        for name, parts in joined.items()
        if name not in declared
    ]
    placed: list[LinkColumn] = []
    while len(placed) < len(every):
        known = {column.name for column in placed}
        ready = [column for column in every if column.name not in known and known.issuperset(column.parts)]
        if not ready:
            stuck = "、".join(column.name for column in every if column.name not in known)
            raise ConfigError(tr(f"列的 from 互相引用：{stuck}", f"columns refer to each other in from: {stuck}"))
        placed += ready
    return tuple(placed)


def _column(column: ColumnFile) -> LinkColumn:
    left, right = column.left or (column.name,), column.right or column.left or (column.name,)
    if column.from_columns:
        left = right = ()
    return LinkColumn(
        name=column.name, left=left, right=right, parts=column.from_columns, steps=column.steps, null=column.null
    )


def _comparison(written: ComparisonFile) -> LinkComparison:
    columns = written.reads()
    name = written.name or "_".join(columns)
    levels = _levels(written, build(written.kind, columns, written.options(), name).level_names())
    term_frequency = written.term_frequency
    if isinstance(term_frequency, bool):
        # A pair of texts is as rare as both together.
        term_frequency = "+".join(columns) if term_frequency else ""
    return LinkComparison(
        name=name,
        title=written.title or "+".join(columns),
        kind=written.kind,
        columns=columns,
        term_frequency=term_frequency or None,
        is_u_fixed=written.is_u_fixed,
        levels=levels,
        options=written.options(),
    )


def _levels(written: ComparisonFile, names: tuple[str, ...]) -> tuple[Level, ...]:
    unknown = sorted(set(written.levels) - set(names))
    if unknown:
        known = "、".join(names)
        raise ConfigError(
            tr(
                f"比较“{written.kind}”没有级别“{unknown[0]}”，可用：{known}",
                f"comparison “{written.kind}” has no level “{unknown[0]}”, known: {known}",
            )
        )
    believed = [
        level.model_copy(
            update={part: value for part in ("m", "u") if (value := getattr(written.levels.get(name), part, None))}
        )
        for name, level in zip(names, _believed(written.kind, names), strict=True)
    ]
    return tuple(believed)


def _believed(kind: str, names: tuple[str, ...]) -> tuple[Level, ...]:
    like = KINDS[kind].like
    if like is not None:
        return _person_levels(like)
    m, u = KINDS[kind].m, KINDS[kind].u
    if m is None or u is None:
        m, u = even_beliefs(len(names))
    return tuple(
        Level(name=name, word=tr(*words_of(name)), m=share_m, u=share_u, why="usual for its kind")
        for name, share_m, share_u in zip(names, m, u, strict=True)
    )


@cache
def _person_levels(kind: str) -> tuple[Level, ...]:
    """What the person model believes of its comparison of this kind (the first, where there are two)."""
    return next(comparison.levels for comparison in load_spec().comparisons if comparison.kind == kind)


def _thresholds(decision: DecisionFile) -> dict[str, Any]:
    link = decision.link_threshold
    if decision.link_probability is not None:
        link = to_bits(decision.link_probability)
    review = decision.review_threshold
    if decision.review_probability is not None:
        review = to_bits(decision.review_probability)
    link = None if link in ("auto", None) else float(link)
    if review is None:
        review = _REVIEW_BITS if link is None else min(_REVIEW_BITS, link)
    if link is not None and review > link:
        raise ConfigError(
            tr("review 的门槛不能高于 link 的门槛", "the threshold of review must not be above that of link")
        )
    return {
        "link_threshold": link,
        "review_threshold": review,
        "break_threshold": _BREAK_BITS if decision.break_threshold is None else decision.break_threshold,
        "one_to_one": decision.one_to_one,
    }


def to_bits(probability: float) -> float:
    """A probability as bits of odds."""
    return float(np.log2(probability / (1 - probability)))


def _refuse_twice(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(tr(f"“{name}”出现两次", f"“{name}” stands twice"))
