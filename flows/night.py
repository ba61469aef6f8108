"""What does one night leave for the next? Its comparisons, sealed, and the model that it learned if nobody chose one.

Keeping a model is not training: no number in it is newer than the results that people have seen published.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.digests import spelled
from data.errors import ConfigError
from data.model import MEMBER_SIDE, PERSON_SIDE
from data.settings import Settings, record_key
from data.sources.pulls.retention import open_folder
from data.sources.pulls.sealed import SealedFile
from data.sources.spec import SourcesSpec
from data.store.runs import RunInfo, get_run
from data.store.session import Store
from data.whole_files import put_whole
from flows.intake import Taken
from flows.models import ChosenModel, choose_model, load_model, model_path, save_model
from flows.night_files import read_memory, write_memory
from flows.people import person_spec
from flows.shelf import Shelf
from flows.versions import code_version
from matching.engine_spec import Frozen
from matching.freezing import freeze
from matching.incremental_memory import Memory
from matching.model_file import ModelFile, TrainedOn
from matching.results import MatchResult
from matching.term_frequency import key_check


class OwnModel(Frozen):
    """What a published run of the area learned for itself; later runs go on with it until a person chooses a model."""

    run_id: str
    name: str
    digest: str


@dataclass(frozen=True)
class LastNight:
    """Where the comparisons of the area's last night lie, until the first last day of its feeds; run: tonight's.

    is_full: tonight starts from nothing; what it compares takes the place of last night's all the same.
    """

    settings: Settings
    run: RunInfo
    retention_on: date
    is_full: bool

    @classmethod
    def of(cls, settings: Settings, spec: SourcesSpec, run: RunInfo, *, is_full: bool) -> LastNight:
        """That of the area of `sources.toml`; every source has a manifest once it is read."""
        last_days = [source.manifest.retention_on for source in spec.sources.values() if source.manifest is not None]
        return cls(settings, run, min(last_days), is_full)

    def shelf(self) -> Shelf:
        """What the other steps left there for tonight, and where they leave theirs."""
        return Shelf(self.settings, self.run.area, self.retention_on, self.is_full)

    def recall(self, chosen: ChosenModel) -> Memory | None:
        """What was compared last night by this very model, specification and code; None: compare everything."""
        if self.is_full or chosen.file is None:
            return None
        return read_memory(self._file(), self._mark(chosen.file))

    def model_of(self, chosen: ChosenModel, matched: MatchResult, taken: Taken) -> ModelFile:
        """The model that tonight's comparisons are of: the chosen one, or what the night learned."""
        return chosen.file or learned_model(self.settings, self.run, matched, taken)

    def keep(self, file: ModelFile, memory: Memory | None) -> None:
        """Tonight's comparisons, by this model, take the place of last night's."""
        if memory is None:
            self._file().remove()
        else:
            write_memory(self._file(), self._mark(file), memory)

    def _file(self) -> SealedFile:
        name = f"night {self.run.area}"
        folder, key = open_folder(name, self.retention_on, self.settings)
        return SealedFile(folder / "comparisons.sealed", key, name, "comparisons")

    def _mark(self, file: ModelFile) -> str:
        spec = person_spec(self.settings)
        parts = (code_version(), spec.digest, file.digest, key_check(record_key(self.settings)))
        return spelled(hashlib.sha256("\n".join(parts).encode()).hexdigest())


def model_of_night(store: Store, settings: Settings, area: str) -> ChosenModel:
    """The model that a person activated; else the one that a published run of the area learned; else the baseline,
    which learns from the run's own records. What a run of another database learned does not count."""
    own = own_model(settings, area)
    try:
        if own is not None:
            get_run(store, own.run_id)
    except ConfigError:
        return choose_model(settings, area)
    return model_in_use(settings, area)


def model_in_use(settings: Settings, area: str) -> ChosenModel:
    """The same for those who explain a run, and do not ask in which database it stands."""
    chosen = choose_model(settings, area)
    own = own_model(settings, area)
    if chosen.file is not None or own is None:
        return chosen
    try:
        found = load_model(settings, own.name, own.digest)
    except ConfigError:
        # Its file is gone, or of another specification or key: the next run learns anew.
        return chosen
    is_of_spec = found.file is not None and found.file.spec_digest == chosen.spec.digest
    return replace(found, is_own=True) if is_of_spec else chosen


def digest_told(chosen: ChosenModel, before: RunInfo | None) -> str:
    """The model's part of a night's fingerprint: what a night learned gives that night's results again, bit by bit."""
    is_of_before = before is not None and chosen.is_own and chosen.name == _name(before)
    return chosen.spec.digest if is_of_before else chosen.digest


def learned_model(settings: Settings, run: RunInfo, matched: MatchResult, taken: Taken) -> ModelFile:
    """What a run without a model learned, frozen."""
    n_records: Counter[str] = Counter()
    for name, kind in taken.kinds.items():
        if kind in PERSON_SIDE:
            n_records[kind.value] += len(taken.accepted[name].rows)
    n_members = sum(n_records[kind.value] for kind in MEMBER_SIDE)
    spec = person_spec(settings)
    trained_on = TrainedOn(
        method="em",
        area=run.area,
        as_of=run.as_of,
        code_version=run.code_version,
        sources=dict(sorted(run.sources.items())),
        n_records=dict(sorted(n_records.items())),
        n_candidates=sum(matched.n_pairs_by_rule.values()),
        n_possible=n_members * (n_records.total() - n_members) + n_members * (n_members - 1) // 2,
        n_random_pairs=spec.n_random_pairs,
    )
    return freeze(matched.night.model, spec, trained_on, record_key(settings), _name(run))


def keep_learned(settings: Settings, run: RunInfo, matched: MatchResult, taken: Taken) -> None:
    """After publishing a run that learned for itself: from now on runs of the area use what it learned."""
    file = learned_model(settings, run, matched, taken)
    save_model(model_path(settings, file.name), file)
    own = OwnModel(run_id=run.run_id, name=file.name, digest=file.digest)
    put_whole(_path(settings, run.area), own.model_dump_json() + "\n")


def let_go(settings: Settings, area: str) -> None:
    """The next run of the area learns anew. The file of the model stays, for past nights."""
    _path(settings, area).unlink(missing_ok=True)


def described(matched: MatchResult) -> dict[str, Any]:
    """How much of a night was compared, for `summary.json`."""
    told = asdict(matched.night.changed)
    return {"mode": "full" if told.pop("is_full") else "incremental", **told}


def _name(run: RunInfo) -> str:
    return f"own-{run.run_id}"


def own_model(settings: Settings, area: str) -> OwnModel | None:
    """What the area's runs go on with while nobody chooses a model, if there is any."""
    try:
        return OwnModel.model_validate_json(_path(settings, area).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValidationError):
        return None


def _path(settings: Settings, area: str) -> Path:
    return settings.models_dir / "own" / f"{area}.json"
