"""What leaves the bureau does not show, nor let anybody work out, a cell of fewer than five."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.class_table import TOTAL, class_table
from reports.disclosure import statistics
from tests.reports.builders import classification, classifications, wenchang


def table(cells: pd.DataFrame, breakdown: str) -> pd.DataFrame:
    part = cells[cells["breakdown"] == breakdown]
    return part.pivot(index="row", columns="primary_class", values="n")


def test_the_report_keeps_its_totals() -> None:
    shown = table(statistics(wenchang()), "population")
    assert shown.loc[TOTAL, "lost"] == "10"
    assert shown.loc["household_business", "lost"] == "<5"  # four persons
    assert shown.loc["small_enterprise", "lost"] == "*"  # 10 - 6 would say four
    assert shown.loc["household_business", "normal"] == "273"


def test_large_cells_are_all_shown() -> None:
    rows = [classification(f"P{i}", name, township=town) for i, (name, town) in enumerate(
        (name, town) for name in ("normal", "floating") for town in ("甲镇", "乙镇") for _ in range(5))]  # fmt: skip
    assert set(statistics(classifications(*rows))["n"]) == {"0", "5", "10", "20"}


_MEMBERS = st.lists(
    st.tuples(
        st.sampled_from(["normal", "lost", "hidden", "pocket"]),
        st.sampled_from(["small_enterprise", "household_business", "market"]),
        st.sampled_from(["甲镇", "乙镇", "丙镇", None]),
    ),
    max_size=60,
)


@given(_MEMBERS)
@settings(max_examples=50, deadline=None)
def test_no_line_gives_a_small_cell_away(members: list[tuple[str, str, str | None]]) -> None:
    classified = classifications(
        *(classification(f"P{i}", c, population=p, township=t) for i, (c, p, t) in enumerate(members))
    )
    if classified.empty:
        classified = classified.astype(object)
    cells = statistics(classified)
    for breakdown in ("population", "township"):
        shown = table(cells, breakdown)
        for line in [*(row for _, row in shown.iterrows()), *(column for _, column in shown.items())]:
            assert_safe(line)
    totals = cells[cells["row"] == TOTAL].pivot(index="breakdown", columns="primary_class", values="n")
    withheld = ~totals.apply(lambda column: column.str.isdigit())
    assert (withheld.loc["population"] == withheld.loc["township"]).all()


def test_what_one_breakdown_withholds_of_the_totals_the_other_does_too() -> None:
    """Eleven persons in whom the townships alone would have shown a total that the populations withhold."""
    small, house, market = "small_enterprise", "household_business", "market"
    cells = [
        *((3, "normal", small, "乙"), (1, "hidden", small, "乙"), (1, "hidden", house, "乙")),
        *((2, "lost", small, "甲"), (2, "lost", market, "甲"), (1, "lost", house, "甲"), (1, "lost", market, "乙")),
    ]
    members = [cell[1:] for cell in cells for _ in range(cell[0])]
    made = statistics(
        classifications(*(classification(f"P{i}", c, population=p, township=t) for i, (c, p, t) in enumerate(members)))
    )
    totals = made[made["row"] == TOTAL].groupby("breakdown")["n"].agg(list)
    assert totals["population"] == totals["township"]


def assert_safe(line: pd.Series) -> None:
    """Nothing under five is printed; one gap alone in a line could be subtracted from the total."""
    is_open = line.str.isdigit()
    numbers = line[is_open].astype(int)
    assert ((numbers == 0) | (numbers >= 5)).all()
    assert (~is_open).sum() != 1
    parts = is_open.drop(TOTAL)
    if is_open[TOTAL] and not parts.all():
        rest = int(line[TOTAL]) - int(line.drop(TOTAL)[parts].astype(int).sum())
        assert rest >= 5


def test_what_is_shown_is_true() -> None:
    classified = wenchang()
    shown, true = table(statistics(classified), "population"), class_table(classified)
    for row, column in zip(*np.where(shown.map(str.isdigit)), strict=True):
        assert int(shown.iloc[row, column]) == true.loc[shown.index[row], shown.columns[column]]


@pytest.mark.parametrize(("smallest", "n_withheld"), [(1, 0), (3, 0)])
def test_the_limit_is_a_parameter(smallest: int, n_withheld: int) -> None:
    shown = table(statistics(wenchang(), smallest), "population")
    assert int((~shown.map(str.isdigit)).to_numpy().sum()) == n_withheld
