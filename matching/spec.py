"""What does a matching model consist of? One frozen, hashed specification, read from a TOML file.

Unknown keys are errors; each number in the file carries its reason.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from data.errors import ConfigError
from data.words import tr
from matching.comparisons import COMPARISONS, LevelComparison
from matching.engine_spec import EngineComparison, EngineSpec, Frozen, Share

BASELINE = Path(__file__).parent / "models" / "baseline.toml"


class ComparisonSpec(EngineComparison):
    """One comparison of the person model: `kind` names its class."""

    kind: str

    @model_validator(mode="after")
    def _levels_are_those_of_the_class(self) -> Self:
        if self.kind not in COMPARISONS:
            raise ValueError(f"comparison {self.name}: kind {self.kind!r}, one of {sorted(COMPARISONS)}")
        expected = [level.name.lower() for level in COMPARISONS[self.kind].LEVELS]
        if [level.name for level in self.levels] != expected:
            raise ValueError(f"comparison {self.name}: levels must be {expected}")
        return self

    def feature(self) -> LevelComparison[Any]:
        """The class that `kind` names, on these columns."""
        columns = list(self.columns)
        return COMPARISONS[self.kind](columns, columns, label=self.name)


class Guard(Frozen):
    """A condition on levels: all parts hold (comparison -> level name; a missing level never holds)."""

    why: str
    at_least: dict[str, str] = Field(default_factory=dict)
    at_most: dict[str, str] = Field(default_factory=dict)
    exactly: dict[str, str] = Field(default_factory=dict)


class MatchSpec(EngineSpec):
    """The whole model: blocking, comparisons, how it learns, how it grades. Weights are in bits."""

    version: str
    expected_links_per_member_record: Share
    link_threshold: float
    hold_threshold: float
    review_threshold: float
    break_threshold: float
    tie_margin: float = Field(ge=0)
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
        if not self.review_threshold <= self.hold_threshold <= self.link_threshold:
            raise ValueError("review_threshold <= hold_threshold <= link_threshold")
        return self

    @property
    def links_per_record(self) -> float:
        """Links expected for each member-side record."""
        return self.expected_links_per_member_record

    def levels_ruled_out(self, comparison: EngineComparison) -> list[bool]:
        """Per level: does a guard of `never_certain_when` rule it out by itself? No link shows how often it is met."""
        alone = [guard.exactly for guard in self.never_certain_when if not (guard.at_least or guard.at_most)]
        return [{comparison.name: level.name} in alone for level in comparison.levels]

    def comparison(self, name: str) -> ComparisonSpec:
        """One comparison by name."""
        return self.comparisons[self.names().index(name)]


def load_spec(path: Path | None = None) -> MatchSpec:
    """Read a model file; the baseline that ships with the package when no path is given. ConfigError if it is wrong."""
    source = BASELINE if path is None else path
    try:
        return MatchSpec.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigError(tr(f"无法读取模型文件 {source.name}", f"cannot read model file {source.name}")) from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(tr(f"模型文件 {source.name} 有误：{error}", f"model file {source.name}: {error}")) from error
