"""Which numbers do the rules use, and why those? Rule sets from a TOML file, validated: unknown keys are refused.

Each threshold has a unit, a citation and a reason; the digest of the set in force is stored with the run.
"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.errors import ConfigError
from data.words import tr

_DEFAULT = Path(__file__).with_name("params.toml")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Threshold(_Strict):
    """One number with its unit, the text it comes from, and why it is what it is."""

    value: int = Field(ge=1)
    unit: Literal["months", "days", "years", "attempts", "channels", "characters"]
    citation: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class Floating(_Strict):
    """流动: months away from the branch that holds the formal relation (inclusive)."""

    away_months: Threshold


class Lost(_Strict):
    """失联: the clock, and the search that must have failed."""

    clock_months: Threshold
    min_attempts: Threshold
    min_channels: Threshold


class Pocket(_Strict):
    """口袋: validity of a letter of introduction that states none."""

    default_valid_days: Threshold


class Normal(_Strict):
    """正常过组织生活: the longest gap (exclusive)."""

    max_gap_months: Threshold


class Admission(_Strict):
    """Dates of admission that cannot be."""

    min_age_years: Threshold


class Employer(_Strict):
    """When an employer's name is specific enough to say that the register does not know it."""

    min_specific_characters: Threshold


class Params(_Strict):
    """One rule set: the thresholds in force from `since` on."""

    code: str
    since: date
    citation: str
    floating: Floating
    lost: Lost
    pocket: Pocket
    normal: Normal
    admission: Admission
    employer: Employer

    @property
    def digest(self) -> str:
        """Hex digest of every number and word of the set; equal sets have equal digests."""
        return hashlib.blake2b(self.model_dump_json().encode(), digest_size=8).hexdigest()

    def thresholds(self) -> dict[str, Threshold]:
        """Every threshold by its dotted name, for the reference page."""
        return {
            f"{group}.{name}": threshold
            for group, section in self
            if isinstance(section, BaseModel)
            for name, threshold in section
        }


class _ParamsFile(_Strict):
    rule_sets: tuple[Params, ...] = Field(min_length=1)


def rule_sets(path: Path | None = None) -> tuple[Params, ...]:
    """All rule sets of the file, oldest first. Raises ConfigError naming the key that is wrong."""
    source = path or _DEFAULT
    try:
        found = _ParamsFile.model_validate(tomllib.loads(source.read_text(encoding="utf-8"))).rule_sets
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            tr(f"{source.name}：不是有效的 TOML：{error}", f"{source.name}: not valid TOML: {error}")
        ) from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise ConfigError(tr(f"{source.name}：{wrong}", f"{source.name}: {wrong}")) from error
    return tuple(sorted(found, key=lambda one: one.since))


def load_params(as_of: date, path: Path | None = None) -> Params:
    """The rule set in force on `as_of`. Raises ConfigError when none was."""
    in_force = [one for one in rule_sets(path) if one.since <= as_of]
    if not in_force:
        raise ConfigError(tr(f"{as_of} 之前没有规则集", f"no rule set was in force on {as_of}"))
    return in_force[-1]
