"""What does a matching model consist of? One frozen, hashed specification, read from a TOML file.

Unknown keys are errors; each number in the file carries its reason.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.errors import ConfigError
from data.words import tr
from matching.comparisons import COMPARISONS

BASELINE = Path(__file__).parent / "models" / "baseline.toml"

Share = Annotated[float, Field(gt=0, lt=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BlockingRule(_Frozen):
    """Records become candidates when all `columns` of the normalised frame are equal and none is null.

    any_of: the one of them that holds several keys, separated by `|`; one common key is enough.
    """

    name: str
    columns: tuple[str, ...] = Field(min_length=1)
    any_of: str | None = None
    why: str

    @model_validator(mode="after")
    def _any_of_is_a_column(self) -> Self:
        if self.any_of is not None and self.any_of not in self.columns:
            raise ValueError(f"blocking rule {self.name}: any_of {self.any_of!r} is none of its columns")
        return self


class Level(_Frozen):
    """One level: its name in the comparison, its word for readers, its m and u to start from, and why."""

    name: str
    word: str
    m: Share
    u: Share
    why: str


class ComparisonSpec(_Frozen):
    """One comparison: `kind` names its class, `columns` what it reads, `levels` from 0 (different) to the best.

    term_frequency: column whose rarity is credited on the best level. is_u_fixed: u is not learned from random pairs.
    """

    name: str
    title: str
    kind: str
    columns: tuple[str, ...] = Field(min_length=1)
    term_frequency: str | None = None
    is_u_fixed: bool = False
    levels: tuple[Level, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _levels_are_those_of_the_class(self) -> Self:
        if self.kind not in COMPARISONS:
            raise ValueError(f"comparison {self.name}: kind {self.kind!r}, one of {sorted(COMPARISONS)}")
        expected = [level.name.lower() for level in COMPARISONS[self.kind].LEVELS]
        if [level.name for level in self.levels] != expected:
            raise ValueError(f"comparison {self.name}: levels must be {expected}")
        return self

    def level(self, name: str) -> int:
        """Number of a level by name."""
        return [level.name for level in self.levels].index(name)


class Guard(_Frozen):
    """A condition on levels: all parts hold (comparison -> level name; a missing level never holds)."""

    why: str
    at_least: dict[str, str] = {}
    at_most: dict[str, str] = {}
    exactly: dict[str, str] = {}


class MatchSpec(_Frozen):
    """The whole model: blocking, comparisons, how it learns, how it grades. Weights are in bits."""

    version: str
    seed: int
    pair_budget: int = Field(gt=0)
    max_block_pairs: int = Field(gt=0)
    n_random_pairs: int = Field(gt=0)
    expected_links_per_member_record: Share
    prior_strength: Share
    m_strength: float = Field(gt=0)
    u_strength: float = Field(gt=0)
    term_frequency_strength: float = Field(gt=0)
    link_threshold: float
    review_threshold: float
    break_threshold: float
    tie_margin: float = Field(ge=0)
    blocking: tuple[BlockingRule, ...] = Field(min_length=1)
    comparisons: tuple[ComparisonSpec, ...] = Field(min_length=1)
    certain_when: tuple[Guard, ...]
    possible_when: tuple[Guard, ...]
    never_certain_when: tuple[Guard, ...]
    certainly_not_when: tuple[Guard, ...]
    same_source_when: tuple[Guard, ...]
    two_of_one_source_when: tuple[Guard, ...]

    @model_validator(mode="after")
    def _guards_name_known_levels(self) -> Self:
        tiers = (
            *(self.certain_when, self.possible_when, self.never_certain_when, self.certainly_not_when),
            *(self.same_source_when, self.two_of_one_source_when),
        )
        for guard in (guard for tier in tiers for guard in tier):
            for comparison, level in (*guard.at_least.items(), *guard.at_most.items(), *guard.exactly.items()):
                if comparison not in self.names() or level not in {x.name for x in self.comparison(comparison).levels}:
                    raise ValueError(f"guard {guard.why!r}: no level {level!r} of {comparison!r}")
        if not self.review_threshold <= self.link_threshold:
            raise ValueError("review_threshold <= link_threshold")
        return self

    def names(self) -> list[str]:
        """Names of the comparisons in order."""
        return [comparison.name for comparison in self.comparisons]

    def levels_ruled_out(self, comparison: ComparisonSpec) -> list[bool]:
        """Per level: does a guard of `never_certain_when` rule it out by itself? No link shows how often it is met."""
        alone = [guard.exactly for guard in self.never_certain_when if not (guard.at_least or guard.at_most)]
        return [{comparison.name: level.name} in alone for level in comparison.levels]

    def comparison(self, name: str) -> ComparisonSpec:
        """One comparison by name."""
        return self.comparisons[self.names().index(name)]

    @cached_property
    def digest(self) -> str:
        """Hash of every number and word of the model."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


def load_spec(path: Path | None = None) -> MatchSpec:
    """Read a model file; the baseline that ships with the package when no path is given. ConfigError if it is wrong."""
    source = BASELINE if path is None else path
    try:
        return MatchSpec.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigError(tr(f"无法读取模型文件 {source.name}", f"cannot read model file {source.name}")) from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(tr(f"模型文件 {source.name} 有误：{error}", f"model file {source.name}: {error}")) from error
