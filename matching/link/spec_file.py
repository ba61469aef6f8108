"""What does a person write into SPEC.toml? Every key with its default; unknown keys are errors that name the key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from data.errors import ConfigError
from data.words import tr
from matching.engine_spec import Frozen, Share
from matching.link.kinds import KINDS
from matching.link.steps import USUAL_STEPS, is_step
from matching.spec import Guard

Names = tuple[str, ...]


class ColumnFile(Frozen):
    """One column: its name in this file, its headers in the two tables (synonyms allowed), and how it is cleaned.

    from_columns (`from`): other columns of this file, cleaned and joined by a space, instead of a header.
    """

    name: str = Field(min_length=1)
    left: Names = ()
    right: Names = ()
    from_columns: Names = Field(default=(), alias="from")
    steps: Names = USUAL_STEPS
    null: Names = ()

    @field_validator("left", "right", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _steps_are_known(self) -> Self:
        for step in self.steps:
            if not is_step(step):
                raise ValueError(tr(f"没有清洗步骤“{step}”", f"no cleaning step “{step}”"))
        if self.from_columns and (self.left or self.right):
            raise ValueError(tr("from 与 left、right 不能同用", "from excludes left and right"))
        return self


class BlockingFile(Frozen):
    """One blocking rule: columns that must be equal; `any_of` is the one that holds several keys."""

    columns: Names = Field(min_length=1)
    any_of: str | None = None
    name: str | None = None
    why: str = ""

    @model_validator(mode="after")
    def _any_of_is_a_column(self) -> Self:
        if self.any_of is not None and self.any_of not in self.columns:
            raise ValueError(
                tr(f"any_of “{self.any_of}”不在 columns 之中", f"any_of “{self.any_of}” is none of columns")
            )
        return self


class LevelFile(Frozen):
    """m and u of one level to start from."""

    m: Share | None = None
    u: Share | None = None


class ComparisonFile(Frozen):
    """One comparison: kind and column(s); everything else has a default."""

    kind: str
    column: str | None = None
    columns: Names = ()
    name: str | None = None
    title: str | None = None
    term_frequency: bool | str = False
    is_u_fixed: bool = False
    levels: dict[str, LevelFile] = Field(default_factory=dict)
    threshold: Share | None = None
    thresholds: tuple[Share, ...] | None = None
    distances: tuple[int, ...] | None = None
    absolute: tuple[float, ...] | None = None
    relative: tuple[float, ...] | None = None
    prefix: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        kind = KINDS.get(self.kind)
        if kind is None:
            known = "、".join(sorted(KINDS))
            raise ValueError(tr(f"没有比较方法“{self.kind}”，可用：{known}", f"no kind “{self.kind}”, known: {known}"))
        if len(self.reads()) != kind.n_columns:
            raise ValueError(
                tr(f"“{self.kind}”要 {kind.n_columns} 列", f"“{self.kind}” reads {kind.n_columns} column(s)")
            )
        for option in self.options():
            if option not in kind.options:
                raise ValueError(tr(f"“{self.kind}”没有选项“{option}”", f"“{self.kind}” has no option “{option}”"))
        self._check_steps()
        return self

    def _check_steps(self) -> None:
        for option in ("distances", "absolute", "relative"):
            values = getattr(self, option)
            if values is not None and (not values or min(values) <= 0):
                raise ValueError(tr(f"“{option}”要有大于 0 的数", f"“{option}” needs numbers above 0"))
        if self.thresholds == ():
            raise ValueError(tr("“thresholds”不能为空", "“thresholds” is empty"))
        if self.kind == "number" and (self.absolute is None) == (self.relative is None):
            raise ValueError(tr("“number”要 absolute 或 relative 之一", "“number” needs either absolute or relative"))

    def reads(self) -> Names:
        """The columns compared."""
        return self.columns if self.column is None else (self.column, *self.columns)

    def options(self) -> dict[str, Any]:
        """The options given, by name."""
        names = ("threshold", "thresholds", "distances", "absolute", "relative", "prefix")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}


class GuardFile(Guard):
    """Levels at which a pair is never a link, unless a comparison reaches one of the levels of `unless`."""

    unless: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if not (self.at_least or self.at_most or self.exactly):
            raise ValueError(tr("要有 at_least、at_most 或 exactly", "at_least, at_most or exactly is needed"))
        return self


class ModelFile(Frozen):
    """How the model learns. Strengths are pseudo-counts: as how many pairs the starting m and u weigh."""

    seed: int = 1
    n_random_pairs: int = Field(default=200_000, gt=0)
    expected_links_per_record: Share = 0.5
    prior_strength: Share = 0.05
    m_strength: float = Field(default=20.0, gt=0)
    u_strength: float = Field(default=200.0, gt=0)
    term_frequency_strength: float = Field(default=50.0, gt=0)
    pair_budget: int = Field(default=50_000_000, gt=0)
    max_block_pairs: int = Field(default=1_000_000, gt=0)


class DecisionFile(Frozen):
    """From what weight a pair is a link or goes to review: bits, or a probability; `auto` chooses without truth."""

    link_threshold: float | Literal["auto"] | None = None
    link_probability: Share | None = None
    review_threshold: float | None = None
    review_probability: Share | None = None
    one_to_one: bool = False
    break_threshold: float | None = None

    @model_validator(mode="after")
    def _one_way_of_saying_it(self) -> Self:
        for step in ("link", "review"):
            if getattr(self, f"{step}_threshold") is not None and getattr(self, f"{step}_probability") is not None:
                raise ValueError(
                    tr(
                        f"{step}_threshold 与 {step}_probability 只写一个",
                        f"either {step}_threshold or {step}_probability",
                    )
                )
        return self


class SharedCauseFile(Frozen):
    """Why two different records agree on several comparisons at once: `matching.engine_spec.SharedCause` as written.

    share: of all pairs of different records, believed. levels: how often such pairs stand on levels of other
    comparisons. strength: how many such pairs the beliefs weigh; the candidate pairs say the rest.
    """

    name: str
    title: str = ""
    why: str
    shares: tuple[str, ...] = Field(min_length=1)
    share: Share
    levels: dict[str, dict[str, Share]] = Field(default_factory=dict)
    strength: float = Field(default=200.0, gt=0)


class SpecFile(Frozen):
    """SPEC.toml as a whole."""

    mode: Literal["link", "dedupe"]
    id: str | None = None
    id_left: str | None = None
    id_right: str | None = None
    columns: tuple[ColumnFile, ...] = ()
    blocking: tuple[BlockingFile, ...] = Field(min_length=1)
    comparisons: tuple[ComparisonFile, ...] = Field(min_length=1)
    never_link_when: tuple[GuardFile, ...] = ()
    shared_causes: tuple[SharedCauseFile, ...] = ()
    model: ModelFile = ModelFile()
    decision: DecisionFile = DecisionFile()

    @model_validator(mode="after")
    def _fits_its_mode(self) -> Self:
        left, right = self.id_left or self.id, self.id_right or self.id
        if left is None or (self.mode == "link" and right is None):
            raise ValueError(tr("缺少 id（编号列）", "id (the column of the record's number) is missing"))
        if self.mode == "dedupe" and self.decision.one_to_one:
            raise ValueError(tr('one_to_one 只用于 mode = "link"', 'one_to_one is for mode = "link"'))
        if self.mode == "link" and self.decision.break_threshold is not None:
            raise ValueError(tr('break_threshold 只用于 mode = "dedupe"', 'break_threshold is for mode = "dedupe"'))
        return self

    def id_of(self, side: Literal["left", "right"]) -> str:
        """Header of the id column of a table."""
        return str((self.id_left if side == "left" else self.id_right) or self.id)


def read_spec_file(path: Path) -> SpecFile:
    """Read SPEC.toml. Raises ConfigError naming file and key."""
    try:
        return SpecFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(tr(f"无法读取 {path.name}", f"cannot read {path.name}")) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(tr(f"{path.name} 不是正确的 TOML：{error}", f"{path.name} is no TOML: {error}")) from error
    except ValidationError as error:
        told = "；".join(_told(one) for one in error.errors(include_url=False, include_input=False))
        raise ConfigError(f"{path.name}：{told}") from error


def _told(error: ErrorDetails) -> str:
    """One problem in words, with its key as one would write it: comparisons[2].thresholds."""
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).removeprefix(".")
    match error["type"]:
        case "extra_forbidden":
            return tr(f"没有这个键：{key}", f"unknown key: {key}")
        case "missing":
            return tr(f"缺少 {key}", f"{key} is missing")
        case "value_error":
            problem = str(error["ctx"]["error"])
            return f"{key}：{problem}" if key else problem
        case _:
            return f"{key}：{error['msg']}"
