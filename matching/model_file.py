"""A trained model as a file: every number with what stands behind it, its digest, and what it was trained with and on.

JSON, because its numbers come back bit for bit. No value of any record is in it: frequencies are counts by keyed hash,
of values that several records share.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, ValidationError, model_validator

from data.errors import ConfigError
from data.words import tr
from matching.arrays import Bits
from matching.engine_spec import Frozen
from matching.weights import BIT_GRAIN

Part = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class LevelNumbers(Frozen):
    """One level. weight: bits. n_links, n_random: pairs behind m and u (expected numbers, beliefs not counted);
    deviation: standard deviation of log2(m/u) in bits, beliefs counted, as if both were plain shares."""

    name: str
    m: Part
    u: Part
    weight: float
    n_links: float = Field(ge=0)
    n_random: float = Field(ge=0)
    deviation: float = Field(ge=0)


class ComparisonNumbers(Frozen):
    """The levels of one comparison, worst to best; weights never fall and are whole grains."""

    name: str
    levels: tuple[LevelNumbers, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _weights_are_sound(self) -> Self:
        weights = np.array([level.weight for level in self.levels])
        if (np.diff(weights) < 0).any() or (np.round(weights / BIT_GRAIN) * BIT_GRAIN != weights).any():
            raise ValueError(f"weights of {self.name} fall, or are no multiples of 1/1024 bit")
        return self


class CauseNumbers(Frozen):
    """One shared cause: its share of pairs of different people, expected candidates, tables and weights of its own."""

    name: str
    share: Part
    n_pairs: float = Field(ge=0)
    u: dict[str, tuple[Part, ...]]
    weights: dict[str, tuple[float, ...]]


class FrequencyNumbers(Frozen):
    """Records per value, by keyed hash; see matching.term_frequency.Frequencies."""

    comparison: str
    n_records: Count
    n_rest_records: Count
    n_rest_values: Count
    counts: dict[str, Annotated[int, Field(gt=0)]]


class TrainedOn(Frozen):
    """Where the numbers come from; counts only. base: the model that judgements were shrunk to."""

    method: Literal["em", "judgements"]
    area: str
    as_of: date
    code_version: str
    sources: dict[str, str]
    n_records: dict[str, Count]
    n_candidates: Count
    n_possible: Count
    n_random_pairs: Count
    n_positive: Count = 0
    n_negative: Count = 0
    base: str = ""


class ModelFile(Frozen):
    """The whole file; unknown keys are errors. key_check tells whether frequencies can be read in this installation."""

    model_schema: Literal[1] = 1
    name: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z_.-]{0,63}$")
    spec_version: str
    spec_digest: str
    spec_shape: str
    trained_on: TrainedOn
    prior: float = Field(gt=0, lt=1)
    comparisons: tuple[ComparisonNumbers, ...]
    shared_causes: tuple[CauseNumbers, ...]
    key_check: str
    frequencies: tuple[FrequencyNumbers, ...]

    @property
    def digest(self) -> str:
        """Hash of the content, name included."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def text(self) -> str:
        """The file: the content and its digest."""
        content = {"digest": self.digest, **self.model_dump(mode="json")}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def deviations(m: Bits, u: Bits, n_m: Bits, n_u: Bits) -> Bits:
    """Standard deviation in bits of log2(m/u) of shares of so many pairs (whole tables), by the delta method."""
    parts = [(1 - p) / (np.maximum(p, 1e-12) * max(float(n.sum()), 1e-9)) for p, n in ((m, n_m), (u, n_u))]
    return np.asarray(np.sqrt(parts[0] + parts[1]) / np.log(2))


def read_model(path: Path) -> ModelFile:
    """Read a model file. ConfigError when it is no model, or when its content is not that of its digest."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        digest = content.pop("digest")
        file = ModelFile.model_validate(content)
    except OSError:
        raise ConfigError(tr(f"没有模型文件 {path.name}", f"there is no model file {path.name}")) from None
    except (ValueError, AttributeError, KeyError, TypeError, ValidationError) as error:
        told = _problem(error)
        raise ConfigError(tr(f"{path.name} 不是模型文件：{told}", f"{path.name} is no model file: {told}")) from None
    if digest != file.digest:
        raise ConfigError(
            tr(
                f"模型文件 {path.name} 的内容与摘要不符，可能被改动过；请重新训练，或恢复原文件",
                f"the content of {path.name} does not fit its digest: it was changed; train again or restore the file",
            )
        )
    return file


def _problem(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return type(error).__name__
