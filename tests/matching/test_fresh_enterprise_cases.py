from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from matching.comparisons.address import AddressComparison, AddressLevel
from matching.comparisons.employer import EmployerLevel, employer_levels
from matching.enterprises import match_employers
from tests.matching.employer_cases import SHOP, register, texts
from tests.matching.fresh_enterprise_cases import ADDRESSES, FINDS, PAIRS, REGISTER, STAYING_PAIRS


@pytest.fixture(scope="module")
def entities() -> pd.DataFrame:
    return register(
        [
            {**(SHOP if operator else {}), "entity_id": key, "entity_name": name, "operator": operator}
            | {"former_name": former, "township": township, "area": area}
            for key, (name, operator, former, township, area) in REGISTER.items()
        ]
    )


@pytest.mark.parametrize(("left", "right", "levels"), PAIRS + STAYING_PAIRS)
def test_names(left: str, right: str, levels: str) -> None:
    found = employer_levels(pd.Series([left], dtype=object), pd.Series([right], dtype=object))[0]
    assert ("missing" if found < 0 else EmployerLevel(found).name.lower()) in levels.split()
    assert employer_levels(pd.Series([right], dtype=object), pd.Series([left], dtype=object))[0] == found


def test_texts_find_their_entity_or_an_analyst(entities: pd.DataFrame) -> None:
    found = match_employers(texts([(text, None, None, None, None) for text, _ in FINDS]), entities)
    certain = found[found["grade"] == "certain"].set_index("unique_id")["entity_id"]
    assert [certain.get(f"u{i:03}") for i in range(len(FINDS))] == [wanted for _, wanted in FINDS]


def test_the_operator_among_the_members_tells_which_of_two_shops(entities: pd.DataFrame) -> None:
    asked = texts([("文昌恒发五金店", None, None, None, None)] * 2).assign(operator=["邢恒发", "王美丽"])
    found = match_employers(asked, entities)
    assert found.loc[found["unique_id"] == "u000", ["entity_id", "grade"]].to_numpy().tolist() == [["E10", "certain"]]
    assert set(found.loc[found["unique_id"] == "u001", "grade"]) == {"possible"}


@pytest.mark.parametrize(("left", "right", "level"), ADDRESSES)
def test_addresses(left: str, right: str, level: str) -> None:
    comparison = AddressComparison("left", "right")
    prepared = comparison.prepare(pd.Series([left, right], dtype=object))
    found = comparison.levels(prepared, np.array([0, 1]), np.array([1, 0]))
    assert [AddressLevel(each).name.lower() for each in found] == [level, level]
