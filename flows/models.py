"""Which person model does a run use? The frozen one that a person activated for the area or its province; else the
baseline, which learns from the run's own records every time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, RootModel, ValidationError

from data.errors import ConfigError
from data.settings import Settings, record_key
from data.whole_files import put_whole
from data.words import tr
from flows.people import person_spec
from matching.engine_spec import Frozen
from matching.freezing import thaw
from matching.model_file import ModelFile, read_model
from matching.spec import MatchSpec
from matching.training import Model

#: The name under which the baseline goes; no file may bear it.
BASELINE = "baseline"
_ACTIVE = "active.json"
_PROVINCE_DIGITS = 2


class ActiveModel(Frozen):
    """The model in force for an area: its name and the digest that was activated."""

    name: str
    digest: str


class _ActiveModels(RootModel[dict[str, ActiveModel]]):
    """By area: six digits of a county or two of a province."""

    root: dict[str, ActiveModel] = Field(default_factory=dict)


@dataclass(frozen=True)
class ChosenModel:
    """The model of a run. file and model: None for the baseline. is_own: what a run of the area learned for itself and
    later ones go on with (`flows.night`); nobody activated it."""

    spec: MatchSpec
    file: ModelFile | None
    model: Model | None
    is_own: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return BASELINE if self.file is None else self.file.name

    @property
    def digest(self) -> str:
        """Digest of the frozen numbers, or of the baseline's beliefs."""
        return self.spec.digest if self.file is None else self.file.digest

    def describe(self) -> dict[str, Any]:
        """For `summary.json`."""
        return {
            "name": self.name,
            "version": self.spec.version,
            "digest": self.digest,
            "is_frozen": self.file is not None,
            "is_activated": self.file is not None and not self.is_own,
            "learned_from": "own records" if self.file is None else self.file.trained_on.method,
        }


def choose_model(settings: Settings, area: str) -> ChosenModel:
    """The active model of the area, else of its province, else the baseline.

    Raises ConfigError rather than fall back in silence when the active file is gone, changed, or does not fit.
    """
    active = active_models(settings)
    found = active.get(area) or active.get(area[:_PROVINCE_DIGITS])
    return baseline(settings) if found is None else load_model(settings, found.name, found.digest)


def baseline(settings: Settings) -> ChosenModel:
    """The baseline, which learns from each run's own records."""
    return ChosenModel(person_spec(settings), None, None)


def load_model(settings: Settings, name: str, digest: str | None = None) -> ChosenModel:
    """A model by name; digest: the one that was activated. ConfigError when there is none or it cannot be used."""
    if name == BASELINE:
        return baseline(settings)
    file = read_model(model_path(settings, name))
    if digest is not None and file.digest != digest:
        raise ConfigError(
            tr(
                f"模型“{name}”与启用时不是同一份：请核对后重新启用（longlou model activate）",
                f"model “{name}” is not the one that was activated: check it and activate it again",
            )
        )
    spec = person_spec(settings)
    return ChosenModel(spec, file, thaw(file, spec, record_key(settings)))


def model_path(settings: Settings, name: str) -> Path:
    """Where a model of that name lies."""
    if not name or name != Path(name).name or name.startswith("."):
        raise ConfigError(tr(f"模型名称“{name}”不可用", f"“{name}” cannot be the name of a model"))
    return settings.models_dir / f"{name}.json"


def model_files(settings: Settings) -> list[Path]:
    """All model files, by name."""
    return sorted(path for path in settings.models_dir.glob("*.json") if path.name != _ACTIVE)


def save_model(path: Path, file: ModelFile) -> None:
    """Write a model file once; ConfigError when another model bears the name already: a version never changes."""
    if file.name == BASELINE:
        raise ConfigError(tr("名称 baseline 留给出厂模型", "the name baseline is the shipped model's"))
    if path.exists():
        if read_model(path).digest == file.digest:
            return
        raise ConfigError(
            tr(
                f"已有另一个模型叫“{file.name}”，请另取名（--name）",
                f"another model is called “{file.name}”: use --name",
            )
        )
    put_whole(path, file.text())


def active_models(settings: Settings) -> dict[str, ActiveModel]:
    """What is in force, by area."""
    path = settings.models_dir / _ACTIVE
    if not path.is_file():
        return {}
    try:
        return _ActiveModels.model_validate_json(path.read_text(encoding="utf-8")).root
    except ValidationError:
        raise ConfigError(
            tr(f"{path.name} 读不懂，请重新启用模型", f"{path.name} is damaged: activate again")
        ) from None


def set_active(settings: Settings, area: str, active: ActiveModel | None) -> None:
    """Put a model in force for an area, or none; the caller has written the audit row (`flows.activation`)."""
    models = {**active_models(settings), area: active}
    kept = {name: found.model_dump() for name, found in sorted(models.items()) if found is not None}
    put_whole(settings.models_dir / _ACTIVE, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
