"""What does the engine need to know, whatever is compared? Blocking rules, comparisons with levels, how to learn.

`MatchSpec` (persons) and `LinkSpec` (any two tables) add what is their own.
"""

from __future__ import annotations

import hashlib
import json
from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from matching.comparisons.base import LevelComparison

Share = Annotated[float, Field(gt=0, lt=1)]


class Frozen(BaseModel):
    """A part of a specification: unknown keys are errors, nothing changes once it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BlockingRule(Frozen):
    """Records become candidates when all `columns` of the normalised frame are equal and none is null.

    any_of: the one of them that holds several keys, separated by `|`; one common key is enough.
    max_block_pairs: for a rule whose values alone say little, a cap of its own; never above the model's.
    """

    name: str
    columns: tuple[str, ...] = Field(min_length=1)
    any_of: str | None = None
    max_block_pairs: Annotated[int, Field(gt=0)] | None = None
    why: str

    @model_validator(mode="after")
    def _any_of_is_a_column(self) -> Self:
        if self.any_of is not None and self.any_of not in self.columns:
            raise ValueError(f"blocking rule {self.name}: any_of {self.any_of!r} is none of its columns")
        return self


class Level(Frozen):
    """One level: its name in the comparison, its word for readers, its m and u to start from, and why."""

    name: str
    word: str
    m: Share
    u: Share
    why: str


class EngineComparison(Frozen):
    """One comparison: `columns` is what it reads, `levels` stand from 0 (different) to the best.

    term_frequency: column whose rarity is credited on the best level. is_u_fixed: u is not learned from random pairs.
    """

    name: str
    title: str
    columns: tuple[str, ...] = Field(min_length=1)
    term_frequency: str | None = None
    is_u_fixed: bool = False
    levels: tuple[Level, ...] = Field(min_length=2)

    @abstractmethod
    def feature(self) -> LevelComparison[Any]:
        """The comparison at work on the normalised columns."""

    def level(self, name: str) -> int:
        """Number of a level by name."""
        return [level.name for level in self.levels].index(name)


class SharedCause(Frozen):
    """Why two different people agree on several comparisons at once (`matching.dependence`).

    shares: comparisons on which such pairs agree as often as one person's records. levels: u under the cause of the
    named levels of other comparisons (relatives share a surname); their other levels are as rare as among all pairs.
    share: of all pairs of different people, believed; strength: how many such pairs the beliefs weigh.
    """

    name: str
    title: str
    shares: tuple[str, ...] = Field(min_length=1)
    levels: dict[str, dict[str, Share]] = Field(default_factory=dict)
    share: Share
    strength: float = Field(gt=0)
    why: str


class EngineSpec(Frozen):
    """What training, vectors, scoring and explanation read. Weights are in bits.

    weighs_random_links: how links among the random pairs are kept out of u: each random pair counts by the probability
    that it is none (true), or as many as are expected are subtracted (false).
    term_frequency_floor: values of fewer records than this count as one another's mean.
    """

    weighs_random_links: ClassVar[bool] = False

    seed: int
    pair_budget: int = Field(gt=0)
    max_block_pairs: int = Field(gt=0)
    n_random_pairs: int = Field(gt=0)
    prior_strength: Share
    m_strength: float = Field(gt=0)
    u_strength: float = Field(gt=0)
    term_frequency_strength: float = Field(gt=0)
    term_frequency_floor: int = Field(1, ge=1)
    blocking: tuple[BlockingRule, ...] = Field(min_length=1)
    comparisons: Sequence[EngineComparison]
    shared_causes: tuple[SharedCause, ...] = ()

    @property
    @abstractmethod
    def links_per_record(self) -> float:
        """Links expected for each record of the smaller (member) side, before the data are seen."""

    def block_cap(self, rule: BlockingRule) -> int:
        """Pairs beyond which one value makes none under a rule."""
        return min(self.max_block_pairs, rule.max_block_pairs or self.max_block_pairs)

    def names(self) -> list[str]:
        """Names of the comparisons in order."""
        return [comparison.name for comparison in self.comparisons]

    def shared_cause(self, name: str) -> SharedCause:
        """One shared cause by name."""
        return next(cause for cause in self.shared_causes if cause.name == name)

    def levels_ruled_out(self, comparison: EngineComparison) -> list[bool]:
        """Per level: is it ruled out for links, so that no link shows how often it is met?"""
        return [False] * len(comparison.levels)

    @model_validator(mode="after")
    def _causes_name_known_levels(self) -> Self:
        known = {comparison.name: {level.name for level in comparison.levels} for comparison in self.comparisons}
        for cause in self.shared_causes:
            strange = [name for name in cause.shares if name not in known]
            strange += [
                f"{name}.{level}" for name, of in cause.levels.items() for level in set(of) - known.get(name, set())
            ]
            if strange or set(cause.shares) & set(cause.levels):
                raise ValueError(f"shared cause {cause.name}: no such level {strange}, or a comparison told twice")
        return self

    @property
    def shape(self) -> str:
        """Hash of what numbers of a trained model refer to: comparisons and levels in order, shared causes."""
        parts = [[c.name, list(c.columns), c.term_frequency, [v.name for v in c.levels]] for c in self.comparisons]
        causes = [[cause.name, list(cause.shares), sorted(cause.levels)] for cause in self.shared_causes]
        text = json.dumps([parts, causes, self.term_frequency_strength], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def digest(self) -> str:
        """Hash of every number and word of the model."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]
