from __future__ import annotations

import pandas as pd

from matching.identity import assign_person_ids


def clusters(**cluster_of: int) -> pd.DataFrame:
    """Records by unique_id; those whose id starts with e are persons at enterprises."""
    ids = list(cluster_of)
    return pd.DataFrame(
        {
            "unique_id": pd.Series(ids, dtype=object),
            "cluster_id": pd.Series(list(cluster_of.values()), dtype="int64"),
            "is_member_side": pd.Series([not unique_id.startswith("e") for unique_id in ids], dtype=bool),
        }
    )


def known(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unique_id", "person_id", "minted_seq"])


def assign(frame: pd.DataFrame, earlier: pd.DataFrame) -> dict[str, str]:
    links = assign_person_ids(frame, earlier)
    assert links["unique_id"].is_monotonic_increasing
    assert links.columns.tolist() == ["unique_id", "person_id"]
    return dict(zip(links["unique_id"], links["person_id"], strict=True))


def test_a_new_person_is_minted_from_the_smallest_member_record() -> None:
    links = assign(clusters(e0=1, m2=1, m3=1, m4=2), known())
    assert links["e0"] == links["m2"] == links["m3"] != links["m4"]
    assert links["m2"].startswith("P")
    assert len(links["m2"]) == 13
    assert links["m2"] == assign(clusters(m2=9, m7=9), known())["m2"]


def test_persons_of_enterprises_alone_are_dropped() -> None:
    assert assign(clusters(e1=1, e2=1, m1=2), known()).keys() == {"m1"}


def test_ids_stay_from_night_to_night_and_follow_the_record() -> None:
    first = assign_person_ids(clusters(m1=1, m2=2, e3=2), known())
    earlier = first.assign(minted_seq=[1, 2, 2])
    again = assign(clusters(e3=5, m2=5, m1=7, m0=5), earlier)
    assert again["m1"] == first["person_id"][first["unique_id"] == "m1"].item()
    assert again["m0"] == again["m2"] == first["person_id"][first["unique_id"] == "m2"].item()


def test_a_merge_keeps_the_older_id() -> None:
    assert assign(clusters(m1=1, m2=1), known(("m1", "Pnew", 9), ("m2", "Pold", 3)))["m1"] == "Pold"
    assert assign(clusters(m1=1, m2=1), known(("m1", "Pb", 3), ("m2", "Pa", 3)))["m1"] == "Pa"


def test_a_split_keeps_the_larger_part_then_the_smallest_record() -> None:
    person = known(("m1", "P1", 1), ("m2", "P1", 1), ("m3", "P1", 1))
    larger = assign(clusters(m1=1, m2=2, m3=2), person)
    assert larger["m2"] == larger["m3"] == "P1" != larger["m1"]
    even = assign(clusters(m1=1, m2=2), person)
    assert even["m1"] == "P1" != even["m2"]


def test_a_split_never_mints_the_id_that_the_other_part_keeps() -> None:
    old = assign(clusters(m1=1, m2=1, m3=1), known())["m1"]
    person = known(("m1", old, 1), ("m2", old, 1), ("m3", old, 1))
    parted = assign(clusters(m1=1, m2=2, m3=2), person)
    assert parted["m2"] == old != parted["m1"]


def test_nothing_in_nothing_out() -> None:
    assert assign(clusters(), known()) == {}
