from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.errors import ConfigError
from matching.freezing import freeze
from matching.model_file import ModelFile, deviations, read_model
from matching.training import train
from tests.matching.simulated import N_POSSIBLE, SPEC, simulate
from tests.matching.test_learning import KEY, ON


@pytest.fixture(scope="module")
def file() -> ModelFile:
    data = simulate(1)
    nobody = np.zeros(len(data.candidates.levels), dtype=bool)
    return freeze(train(data.candidates, nobody, data.random, N_POSSIBLE, 1200, SPEC), SPEC, ON, KEY, "model-1")


def test_a_file_comes_back_as_it_was_written(file: ModelFile, tmp_path: Path) -> None:
    path = tmp_path / "model-1.json"
    path.write_text(file.text(), encoding="utf-8")
    again = read_model(path)
    assert again == file
    assert again.text() == file.text()
    assert (again.spec_digest, again.spec_shape) == (SPEC.digest, SPEC.shape)


def test_the_digest_covers_every_number_and_the_name(file: ModelFile) -> None:
    assert file.model_copy(update={"prior": file.prior * 2}).digest != file.digest
    assert file.model_copy(update={"name": "other"}).digest != file.digest


def changed(file: ModelFile, change: dict[str, Any]) -> str:
    return json.dumps({**json.loads(file.text()), **change})


def test_a_changed_file_is_refused(file: ModelFile, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(changed(file, {"prior": 0.25}), encoding="utf-8")
    with pytest.raises(ConfigError, match="与摘要不符"):
        read_model(path)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"digest": "x", "name": 3}'],
    ids=["empty", "list", "no_digest", "null", "no_model"],
)
def test_what_is_no_model_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="不是模型文件"):
        read_model(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nobody\.json"):
        read_model(tmp_path / "nobody.json")


def test_unknown_keys_and_falling_weights_are_refused(file: ModelFile, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(changed(file, {"extra": 1}), encoding="utf-8")
    with pytest.raises(ConfigError, match="extra"):
        read_model(path)
    content = json.loads(file.text())
    for weight in (99.0, 0.3):
        content["comparisons"][0]["levels"][0]["weight"] = weight
        path.write_text(json.dumps(content), encoding="utf-8")
        with pytest.raises(ConfigError, match="weights of name"):
            read_model(path)


def test_every_number_says_what_stands_behind_it(file: ModelFile) -> None:
    levels = {(c.name, level.name): level for c in file.comparisons for level in c.levels}
    assert sum(level.n_links for (name, _), level in levels.items() if name == "sex") > 300
    assert levels["sex", "different"].n_random > 100_000
    assert levels["id_no", "exact"].n_random == 0
    # Rare levels are known less well; a u that is reasoned has no sampling error of its own.
    assert levels["home", "other_house"].deviation > levels["home", "different"].deviation > 0
    assert levels["id_no", "exact"].deviation < 1


def test_deviation_is_that_of_repeated_samples() -> None:
    m, u, n = np.array([0.2, 0.8]), np.array([0.6, 0.4]), 400
    random = np.random.default_rng(1)
    drawn = np.log2(random.binomial(n, 0.2, 20_000) / random.binomial(n, 0.6, 20_000))
    assert deviations(m, u, n * m, n * u)[0] == pytest.approx(drawn.std(), rel=0.05)
