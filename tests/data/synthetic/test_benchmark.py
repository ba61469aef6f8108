from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from data.errors import ConfigError
from data.model import IdStatus
from data.synthetic.benchmark import MAX_SCALE, BenchmarkSummary, generate_benchmark
from data.synthetic.benchmark_kinds import KINDS, TIERS
from data.synthetic.benchmark_people import AS_OF
from data.values.identifiers import clean_id, id_status, is_valid_regno, is_valid_uscc

#: Cells of one person may differ from list to list only by these kinds or by what a list never has.
_PERSON_COLUMNS = ("name", "id_no", "birth", "sex")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BenchmarkSummary]:
    out = tmp_path_factory.mktemp("benchmark") / "out"
    return out, generate_benchmark(out, seed=5, scale=0.5)


@pytest.fixture(scope="module")
def folder(made: tuple[Path, BenchmarkSummary]) -> Path:
    return made[0]


def _read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / name, dtype=str, keep_default_na=False)


def _kinds(folder: Path, tier: str, part: str = "persons", key: str = "record_id") -> pd.Series:
    return _read(folder, f"{part}/{tier}/strata.csv").groupby(key)["stratum"].agg(set)


def test_the_same_arguments_give_the_same_bytes_and_a_tier_is_the_same_alone(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    generate_benchmark(again, seed=5, scale=0.5, tiers=("medium",))
    names = [path.relative_to(again) for path in again.rglob("*.csv")]
    assert len(names) == 8
    assert all((again / name).read_bytes() == (folder / name).read_bytes() for name in names)
    generate_benchmark(tmp_path / "other", seed=6, scale=0.5, tiers=("medium",))
    records = Path("persons/medium/records.csv")
    assert (tmp_path / "other" / records).read_bytes() != (folder / records).read_bytes()


@pytest.mark.parametrize("tier", TIERS)
def test_gold_names_every_record_and_neither_order_nor_id_tells_it(folder: Path, tier: str) -> None:
    records, gold = _read(folder, f"persons/{tier}/records.csv"), _read(folder, f"persons/{tier}/gold.csv")
    assert records["record_id"].tolist() == gold["record_id"].tolist()
    assert records["record_id"].is_unique
    assert 980 <= len(records) <= 1000
    neighbours = (gold["cluster"] == gold["cluster"].shift()).mean()
    assert neighbours < 0.01
    assert set(_read(folder, f"persons/{tier}/strata.csv")["record_id"]) <= set(records["record_id"])


@pytest.mark.parametrize("tier", TIERS)
def test_records_without_a_kind_say_what_is_true(folder: Path, tier: str) -> None:
    """Who carries no error of a group has, in its column, what all such records of the person have."""
    records = _read(folder, f"persons/{tier}/records.csv").merge(_read(folder, f"persons/{tier}/gold.csv"))
    kinds = records["record_id"].map(_kinds(folder, tier))
    for group, column in {kind.group: kind.column for kind in KINDS if kind.group in ("name", "id", "birth")}.items():
        of_group = {kind.name for kind in KINDS if kind.group == group}
        is_clean = pd.Series([not (isinstance(k, set) and k & of_group) for k in kinds])
        clean = records[is_clean & (records[column] != "")]
        assert clean.groupby("cluster")[column].nunique().max() == 1
        spoilt = records[~is_clean].merge(clean[["cluster", column]].drop_duplicates(), on="cluster")
        assert (spoilt[f"{column}_x"] != spoilt[f"{column}_y"]).all()


@pytest.mark.parametrize("tier", TIERS)
def test_whole_numbers_are_valid_and_nobodys(folder: Path, tier: str) -> None:
    records = _read(folder, f"persons/{tier}/records.csv")
    wrong = {"id_slip", "id_swap", "id_masked", "id_precision_loss"}
    kinds = records["record_id"].map(_kinds(folder, tier))
    is_clean = pd.Series([not (isinstance(k, set) and k & wrong) for k in kinds])
    whole = records[is_clean & (records["id_no"] != "")]
    assert (whole["id_no"].map(lambda text: id_status(clean_id(text), AS_OF)) == IdStatus.VALID).all()
    assert whole["id_no"].str.startswith("4699").all()
    assert records.loc[records["mobile"] != "", "mobile"].str.match(r"(142|143|154)\d{8}$").all()


def test_a_person_of_their_own_has_a_number_of_their_own(folder: Path) -> None:
    records = _read(folder, "persons/easy/records.csv").merge(_read(folder, "persons/easy/gold.csv"))
    kinds = records["record_id"].map(_kinds(folder, "easy"))
    ids = {kind.name for kind in KINDS if kind.group == "id"}
    is_clean = pd.Series([not (isinstance(k, set) and k & ids) for k in kinds])
    clean = records[is_clean & (records["id_no"] != "")]
    assert clean.groupby("id_no")["cluster"].nunique().max() == 1


def test_tiers_rise_in_difficulty(folder: Path) -> None:
    n = [len(_read(folder, f"persons/{tier}/strata.csv")) for tier in TIERS]
    assert n[0] * 1.5 < n[1] < n[2]
    for kind in KINDS:
        assert kind.rates[0] <= kind.rates[1] <= kind.rates[2], kind.name


def test_every_kind_is_made_somewhere(folder: Path) -> None:
    found = set(_read(folder, "persons/hard/strata.csv")["stratum"])
    assert found >= {kind.name for kind in KINDS}
    assert found >= {"twin", "household", "namesake"}


def test_twins_are_neighbours_and_namesakes_are_strangers(folder: Path) -> None:
    records = _read(folder, "persons/easy/records.csv").merge(_read(folder, "persons/easy/gold.csv"))
    kinds = records["record_id"].map(_kinds(folder, "easy"))
    marked = {name: records[[isinstance(k, set) and name in k for k in kinds]] for name in ("twin", "namesake")}
    twins = marked["twin"][marked["twin"]["id_no"].str.len() == 18]
    births = twins.assign(born=twins["id_no"].str[6:14]).groupby("born")["cluster"].nunique()
    assert births.max() == 2
    names = marked["namesake"].groupby("name")["cluster"].nunique()
    assert (names >= 2).sum() > 5


@pytest.mark.parametrize("tier", TIERS)
def test_the_register_and_what_is_asked_of_it(folder: Path, tier: str) -> None:
    register, mentions, gold = (
        _read(folder, f"enterprises/{tier}/{name}.csv") for name in ("register", "mentions", "gold")
    )
    assert register["entity_id"].is_unique
    assert register.loc[register["name"] != "", "name"].is_unique
    assert register["reg_no"].is_unique
    assert register["reg_no"].map(is_valid_regno).all()
    assert register.loc[register["uscc"] != "", "uscc"].map(is_valid_uscc).all()
    assert mentions["mention_id"].tolist() == gold["mention_id"].tolist()
    assert set(gold["entity_id"]) - {""} <= set(register["entity_id"])
    assert (mentions["employer"] != "").all()


@pytest.mark.parametrize("tier", TIERS)
def test_what_is_in_no_register_is_in_no_register(folder: Path, tier: str) -> None:
    register, mentions, gold = (
        _read(folder, f"enterprises/{tier}/{name}.csv") for name in ("register", "mentions", "gold")
    )
    kinds = mentions["mention_id"].map(_kinds(folder, tier, "enterprises", "mention_id"))
    is_out = pd.Series([isinstance(k, set) and bool(k & {"employer_unknown", "employer_wrong_region"}) for k in kinds])
    assert ((gold["entity_id"] == "") == is_out).all()
    plain = mentions["employer"].str.split(" ").str[0]
    assert not plain[is_out].isin([*register["name"], *register["former_name"]]).any()
    wholly = plain.isin(register["name"])
    named = register[register["name"] != ""].set_index("name")["entity_id"]
    assert (plain[wholly].map(named) == gold["entity_id"][wholly]).mean() > 0.97  # a slip may hit another's name


def test_the_card_tells_the_counts(made: tuple[Path, BenchmarkSummary]) -> None:
    folder, summary = made
    card = (folder / "README.md").read_text(encoding="utf-8")
    rows = {line.split(" | ")[0].strip("| "): line.split(" | ")[1:] for line in card.splitlines() if line[:1] == "|"}
    n = [len(_read(folder, f"persons/{tier}/records.csv")) for tier in TIERS]
    assert [int(cell.strip(" |").replace(",", "")) for cell in rows["records of persons"]] == n
    assert summary.n_records == sum(n)
    assert "--seed 5 --scale 0.5" in card
    assert "Licence" in card


@pytest.mark.parametrize(("seed", "scale"), [(-1, 1.0), (1, 0.0), (1, MAX_SCALE * 2)])
def test_arguments_out_of_range_are_refused(tmp_path: Path, seed: int, scale: float) -> None:
    with pytest.raises(ConfigError):
        generate_benchmark(tmp_path / "out", seed=seed, scale=scale)
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_in_it_is_refused(folder: Path) -> None:
    with pytest.raises(ConfigError, match="空文件夹"):
        generate_benchmark(folder)


def test_the_benchmark_is_made_without_the_matcher() -> None:
    code = "import sys, data.synthetic.benchmark; print([m for m in sys.modules if m.split('.')[0] == 'matching'])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
