"""The county that every contender links: made once, read and accepted once, written beside its truth. Not timed.

python -m bench.inputs FOLDER SEED SCALE
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.contracts.tables import PROVENANCE
from data.model import MEMBER_SIDE
from data.sources.spec import load_sources
from data.synthetic.generate import AS_OF, generate
from data.synthetic.plan import WENCHANG
from data.values.coded import as_texts
from flows.intake import take_sources
from flows.people import people_of
from matching.engine_spec import BlockingRule
from matching.evaluation import true_pairs
from matching.spec import load_spec

RECORDS, TRUTH, COUNTY = "records.pkl", "truth.pkl", "county.json"
#: The key of content hashes; any key will do for persons who do not exist.
_KEY = b"longlou-bench-record-key-32bytes"


@dataclass(frozen=True)
class CountyInput:
    """records: PERSON_RECORDS, rows in order of unique_id. one_row_sources: sources that promise one row a person.

    blocking: the columns of each blocking rule of the person model, over the normalised records.
    """

    records: pd.DataFrame
    one_row_sources: frozenset[str]
    blocking: tuple[tuple[str, ...], ...]


def peer_rules() -> list[BlockingRule]:
    """The blocking rules that the peers can express: equality of columns, without our keys of which any may agree."""
    return [rule for rule in load_spec().blocking if rule.any_of is None]


def make_county(folder: Path, seed: int, scale: float) -> None:
    """Write the records, the truth and county.json into `folder`."""
    generate(WENCHANG, folder / "county", seed=seed, scale=scale)
    spec = load_sources(folder / "county" / "sources.toml", AS_OF)
    taken = take_sources(spec, _KEY, AS_OF)
    records = as_texts(people_of(taken).records)
    truth = _truth(folder / "county" / "truth" / "persons.csv", records)
    records.to_pickle(folder / RECORDS)
    truth.to_pickle(folder / TRUTH)
    facts = {
        "n_records": len(records),
        "n_member_side": int(records["kind"].isin(MEMBER_SIDE).sum()),
        "n_true_pairs": len(true_pairs(truth)),
        "one_row_sources": sorted(taken.one_row_sources),
        "blocking": [rule.columns for rule in peer_rules()],
    }
    (folder / COUNTY).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def read_county(folder: Path) -> CountyInput:
    """What `make_county` wrote, without the truth."""
    facts = json.loads((folder / COUNTY).read_text(encoding="utf-8"))
    return CountyInput(
        records=pd.read_pickle(folder / RECORDS),
        one_row_sources=frozenset(facts["one_row_sources"]),
        blocking=tuple(tuple(columns) for columns in facts["blocking"]),
    )


def _truth(path: Path, records: pd.DataFrame) -> pd.DataFrame:
    """PROVENANCE, true_person, is_member_side, unique_id (null: the row was rejected) of every record of the county."""
    persons = pd.read_csv(path, dtype=str, keep_default_na=False).astype({"source_row": "int64"})
    read = records[[*PROVENANCE, "unique_id", "kind"]]
    member_sources = read.loc[read["kind"].isin(MEMBER_SIDE), "source"].unique()
    labelled = persons.merge(read.drop(columns="kind"), on=list(PROVENANCE), how="left", validate="one_to_one")
    return labelled.assign(is_member_side=labelled["source"].isin(member_sources))


if __name__ == "__main__":
    make_county(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
