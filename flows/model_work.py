"""Training, re-estimating and comparing models on the sources of an area. Nothing here puts a model in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from data.contracts.frames import without_nan
from data.model import MatchGrade
from data.settings import Settings, record_key
from data.sources.spec import load_sources
from data.store.clock import utc_now
from data.store.frames import judgements_of_people
from data.store.persons import known_persons
from data.store.session import Store
from data.values.coded import as_texts
from flows.intake import Taken, take_sources
from flows.models import ChosenModel, baseline, choose_model
from flows.people import People, match_people, no_judgements, no_persons, people_of
from flows.reconcile import snapshot_day
from flows.versions import code_version, source_digests
from matching.arrays import Mask
from matching.freezing import freeze
from matching.learning import Compared, compare_records, learn, n_possible_pairs
from matching.model_comparison import changed_grades, held_out_scores, weight_shifts
from matching.model_file import ModelFile, TrainedOn
from matching.pipeline import MatchResult
from matching.scoring import score_pairs
from matching.spec import MatchSpec
from matching.supervised import Labelled, label_pairs, re_estimate
from matching.training import Model


@dataclass(frozen=True)
class Material:
    """The sources of an area, read and accepted. digests: of the sources' files."""

    area: str
    as_of: date
    taken: Taken
    people: People
    digests: Mapping[str, str]

    def default_name(self, suffix: str = "") -> str:
        """A model's name when nobody gave one."""
        return f"{self.area}-{self.as_of:%Y%m%d}{suffix}"


def read_material(settings: Settings, sources: Path, as_of: date | None) -> Material:
    """Steps 1 and 2. Raises ConfigError, ManifestRefused, SourceFileError."""
    spec = load_sources(sources, utc_now().date())
    day = snapshot_day(spec, as_of)
    taken = take_sources(spec, record_key(settings), day)
    return Material(spec.area, day, taken, people_of(taken), source_digests(spec, taken.digests))


def train_model(settings: Settings, material: Material, name: str) -> ModelFile:
    """A model learned from these records alone, as the baseline learns in every run."""
    spec = baseline(settings).spec
    compared = compare_records(material.people.records, spec)
    model = learn(compared.patterns, compared.vectors, compared.normalised, spec)
    return freeze(model, spec, _trained_on(material, compared, spec), record_key(settings), name)


def propose_model(settings: Settings, store: Store, material: Material, name: str) -> tuple[ModelFile, Labelled]:
    """A model re-estimated from the judgements of people, shrunk to the one in force. Raises InputRefused."""
    current = choose_model(settings, material.area)
    spec = current.spec
    compared = compare_records(material.people.records, spec)
    labelled = _labelled(store, material, compared)
    found = current.model or learn(compared.patterns, compared.vectors, compared.normalised, spec)
    doubtful = _doubtful(compared, found, spec)
    model = re_estimate(compared, labelled, doubtful, current.model, spec)
    n_learned = {positive: labelled.n(is_positive=positive, is_held_out=False) for positive in (True, False)}
    trained_on = _trained_on(material, compared, spec).model_copy(
        update={
            "method": "judgements",
            "n_positive": n_learned[True],
            "n_negative": n_learned[False],
            "base": f"{current.name} {current.digest}",
        }
    )
    return freeze(model, spec, trained_on, record_key(settings), name), labelled


def compare_models(
    settings: Settings, store: Store, material: Material, a: ChosenModel, b: ChosenModel
) -> dict[str, Any]:
    """What would change if b took a's place; `held_out` is None without judgements that nothing was learned from."""
    compared = compare_records(material.people.records, a.spec)
    own = learn(compared.patterns, compared.vectors, compared.normalised, a.spec)
    models = [chosen.model or own for chosen in (a, b)]
    results = [
        match_people(material.people, material.taken, a.spec, no_judgements(), no_persons(), model) for model in models
    ]
    changed = changed_grades(results[0].pairs, results[1].pairs)
    moves = changed.groupby(["grade_a", "grade_b"]).size().reset_index(name="n")
    return {
        "area": material.area,
        "as_of": material.as_of.isoformat(),
        "a": _told(a, results[0]),
        "b": _told(b, results[1]),
        "n_changed": len(changed),
        "changes": moves.to_dict("records"),
        "changed_pairs": without_nan(changed.astype(object)).to_dict("records"),
        "weights": weight_shifts(models[0], models[1], a.spec),
        "held_out": _held_out(store, material, compared, models, a.spec),
    }


def _told(chosen: ChosenModel, result: MatchResult) -> dict[str, Any]:
    is_certain = result.pairs["grade"] == MatchGrade.CERTAIN.value
    asked = result.pairs[~is_certain]
    return {
        "name": chosen.name,
        "digest": chosen.digest,
        "n_links": int(is_certain.sum()),
        "n_persons": int(result.links["person_id"].nunique()),
        "n_to_review": len(asked),
        "n_conflicts": len(result.conflicts),
    }


def _held_out(
    store: Store, material: Material, compared: Compared, models: list[Model], spec: MatchSpec
) -> dict[str, Any] | None:
    """How well each model foretells the answers that are held out of every re-estimate."""
    labelled = _labelled(store, material, compared)
    rows = np.flatnonzero(labelled.is_held_out)
    if not len(rows):
        return None
    left, right = labelled.left[rows], labelled.right[rows]
    patterns = compared.vectors.patterns(left, right)
    weights = [score_pairs(left, right, patterns, model, compared.normalised, spec).match_weight for model in models]
    is_positive = labelled.is_positive[rows]
    counts = {"n": len(rows), "n_positive": int(is_positive.sum())}
    return counts | held_out_scores(weights[0], weights[1], is_positive, labelled.component[rows], spec.seed)


def _labelled(store: Store, material: Material, compared: Compared) -> Labelled:
    judgements = judgements_of_people(store, material.area)
    return label_pairs(judgements, known_persons(store, material.area), compared)


def _doubtful(compared: Compared, model: Model, spec: MatchSpec) -> Mask:
    """Candidates that weigh enough to be asked about and too little to be certain."""
    scores = score_pairs(compared.left, compared.right, compared.patterns, model, compared.normalised, spec)
    weight = scores.match_weight
    return np.asarray((weight >= spec.review_threshold) & (weight < spec.link_threshold))


def _trained_on(material: Material, compared: Compared, spec: MatchSpec) -> TrainedOn:
    kinds = as_texts(material.people.records[["kind"]])["kind"].value_counts().sort_index()
    return TrainedOn(
        method="em",
        area=material.area,
        as_of=material.as_of,
        code_version=code_version(),
        sources=dict(sorted(material.digests.items())),
        n_records={str(kind): int(n) for kind, n in kinds.items()},
        n_candidates=len(compared.left),
        n_possible=n_possible_pairs(compared.normalised),
        n_random_pairs=spec.n_random_pairs,
    )
