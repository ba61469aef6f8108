"""A model to a file's content and back: the same weights, bit for bit, and never for another specification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from data.digests import spelled
from data.digits import meaningful
from data.errors import ConfigError
from data.words import tr
from matching.arrays import Bits
from matching.dependence import Cause
from matching.engine_spec import EngineSpec
from matching.model_file import (
    CauseNumbers,
    ComparisonNumbers,
    FrequencyNumbers,
    LevelNumbers,
    ModelFile,
    TrainedOn,
    deviations,
)
from matching.spec import MatchSpec
from matching.term_frequency import Frequencies, key_check
from matching.training import Model


def freeze(model: Model, spec: MatchSpec, trained_on: TrainedOn, key: bytes, name: str) -> ModelFile:
    """The content of a model file; key: the installation's, for the hashes of values."""
    return ModelFile(
        name=name,
        spec_version=spec.version,
        spec_digest=spec.digest,
        spec_shape=spec.shape,
        trained_on=trained_on,
        prior=model.probability_two_random_records_match,
        comparisons=tuple(_comparison(model, spec, number) for number in range(len(spec.comparisons))),
        shared_causes=tuple(_cause(cause, spec) for cause in model.causes),
        key_check=key_check(key),
        frequencies=tuple(_frequency(name, found, key) for name, found in model.frequencies.items()),
    )


def rounded(model: Model) -> Model:
    """The model with its shares as a file has them, so that a run computes with what is kept of it."""
    causes = [
        replace(cause, share=meaningful(cause.share), u={name: _in_digits(table) for name, table in cause.u.items()})
        for cause in model.causes
    ]
    return replace(
        model,
        m=[_in_digits(shares) for shares in model.m],
        u=[_in_digits(shares) for shares in model.u],
        probability_two_random_records_match=meaningful(model.probability_two_random_records_match),
        causes=tuple(causes),
    )


def _in_digits(shares: Bits) -> Bits:
    return np.array([meaningful(share) for share in shares.tolist()])


def thaw(file: ModelFile, spec: MatchSpec, key: bytes) -> Model:
    """The model of a file. ConfigError when it was trained for other levels, or hashed with another key."""
    _refuse_misfit(file, spec, key)
    levels = [comparison.levels for comparison in file.comparisons]
    return Model(
        m=[np.array([level.m for level in of]) for of in levels],
        u=[np.array([level.u for level in of]) for of in levels],
        weights=[np.array([0.0, *(level.weight for level in of)]) for of in levels],
        probability_two_random_records_match=file.prior,
        causes=tuple(_thawed_cause(cause, file, spec) for cause in file.shared_causes),
        n_links=[np.array([level.n_links for level in of]) for of in levels],
        n_random=[np.array([level.n_random for level in of]) for of in levels],
        frequencies={
            found.comparison: Frequencies(
                _spelled(found.counts), found.n_records, found.n_rest_records, found.n_rest_values, key
            )
            for found in file.frequencies
        },
    )


def _spelled(counts: Mapping[str, int]) -> dict[str, int]:
    return {spelled(digest): n for digest, n in counts.items()}


def _refuse_misfit(file: ModelFile, spec: MatchSpec, key: bytes) -> None:
    if file.spec_shape != spec.shape:
        raise ConfigError(
            tr(
                f"模型“{file.name}”是按另一套比较级别训练的，不能用于现在的版本："
                "请用 longlou model train 重新训练并启用，或用 longlou model deactivate 停用",
                f"model “{file.name}” was trained for other comparison levels than this version has: "
                "train and activate a new one, or deactivate it (longlou model)",
            )
        )
    if spelled(file.key_check) != key_check(key):
        raise ConfigError(
            tr(
                f"模型“{file.name}”是在另一处安装上训练的（密钥不同），其中的频率在这里读不出：请在本机重新训练",
                f"model “{file.name}” was trained in another installation (another key): its frequencies cannot be "
                "read here; train it here",
            )
        )


def _comparison(model: Model, spec: EngineSpec, number: int) -> ComparisonNumbers:
    comparison, m, u = spec.comparisons[number], model.m[number], model.u[number]
    n_links, n_random = model.n_links[number], model.n_random[number]
    # A u that is reasoned, not counted, has no sampling error to tell.
    n_u = np.full(len(u), np.inf) if comparison.is_u_fixed else n_random + spec.u_strength * u
    deviation = deviations(m, u, n_links + spec.m_strength * m, n_u)
    return ComparisonNumbers(
        name=comparison.name,
        levels=tuple(
            LevelNumbers(
                name=level.name,
                m=float(m[i]),
                u=float(u[i]),
                weight=float(model.weights[number][i + 1]),
                n_links=round(float(n_links[i]), 3),
                n_random=round(float(n_random[i]), 3),
                deviation=round(float(deviation[i]), 3),
            )
            for i, level in enumerate(comparison.levels)
        ),
    )


def _cause(cause: Cause, spec: EngineSpec) -> CauseNumbers:
    return CauseNumbers(
        name=cause.name,
        share=cause.share,
        n_pairs=round(cause.n_pairs, 3),
        u={name: tuple(map(float, table)) for name, table in cause.u.items()},
        weights={
            name: tuple(map(float, cause.weights[number][1:]))
            for number, name in enumerate(spec.names())
            if name in cause.u
        },
    )


def _thawed_cause(cause: CauseNumbers, file: ModelFile, spec: EngineSpec) -> Cause:
    """Weights against the cause: none where it is shared, its own where it has a table, the model's elsewhere."""
    shares = spec.shared_cause(cause.name).shares
    weights = []
    for comparison in file.comparisons:
        own = cause.weights.get(comparison.name, [level.weight for level in comparison.levels])
        none = comparison.name in shares
        weights.append(np.array([0.0, *([0.0] * len(comparison.levels) if none else own)]))
    u = {name: np.array(table) for name, table in cause.u.items()}
    return Cause(cause.name, cause.share, cause.n_pairs, u, weights)


def _frequency(comparison: str, found: Frequencies, key: bytes) -> FrequencyNumbers:
    hashed = found if found.key is not None else found.hashed(key)
    return FrequencyNumbers(
        comparison=comparison,
        n_records=hashed.n_records,
        n_rest_records=hashed.n_rest_records,
        n_rest_values=hashed.n_rest_values,
        counts=dict(hashed.counts),
    )
