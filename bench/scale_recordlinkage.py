"""recordlinkage links the province as its guides do it: Index with blocks, Compare, ECM on features made binary.

python -m bench.scale_recordlinkage FOLDER RULES ANSWER. Rows are addressed by position, its quickest way.
"""

# mypy: disallow-untyped-calls=False
from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import pandas as pd
import recordlinkage

from bench.scale_rules import EMPLOYED, MEMBERS, RULES, Rule

#: Shares of equal characters that are two edits of an identity number, one of a phone, one of a date.
_TWO_OF_18, _ONE_OF_11, _ONE_OF_10 = 0.88, 0.9, 0.89
#: The guide of the classifiers makes features binary above 0.8; its guide of comparing uses 0.85 for Jaro-Winkler.
_BINARY, _ALIKE = 0.8, 0.85


def link(folder: Path, rules: str, answer: Path) -> None:
    """Write all pairs (id_l, id_r, score, is_link: likelier than not), and ANSWER.json with their number."""
    left, right = (pd.read_parquet(folder / name) for name in (EMPLOYED, MEMBERS))
    pairs = candidate_pairs(left, right, RULES[rules])
    features = comparison().compute(pairs, left, right)
    classifier = recordlinkage.ECMClassifier()
    binary = (features > _BINARY).astype(int)
    classifier.fit(binary)
    score = classifier.prob(binary).to_numpy()
    rows = (pairs.get_level_values(side).to_numpy() for side in (0, 1))
    id_l, id_r = (side["id"].astype("int64").to_numpy()[of] for side, of in zip((left, right), rows, strict=True))
    pd.DataFrame({"id_l": id_l, "id_r": id_r, "score": score, "is_link": score > 0.5}).to_parquet(answer)
    answer.with_suffix(".json").write_text(json.dumps({"n_pairs": len(pairs)}), encoding="utf-8")


def candidate_pairs(left: pd.DataFrame, right: pd.DataFrame, rules: tuple[Rule, ...]) -> pd.MultiIndex:
    """Pairs that any rule makes."""
    index = recordlinkage.Index()
    for columns in rules:
        index.block(list(columns))
    found: pd.MultiIndex = index.index(left, right)
    return found


def comparison() -> recordlinkage.Compare:
    """The columns that ours compares."""
    compare = recordlinkage.Compare()
    compare.exact("name", "name", label="name")
    compare.exact("pinyin", "pinyin", label="pinyin")
    compare.string("id_no", "id_no", method="levenshtein", threshold=_TWO_OF_18, label="id_no")
    compare.string("birth", "birth", method="levenshtein", threshold=_ONE_OF_10, label="birth")
    compare.string("phone", "phone", method="levenshtein", threshold=_ONE_OF_11, label="phone")
    compare.exact("county", "county", label="county")
    compare.exact("sex", "sex", label="sex")
    compare.string("employer", "employer", method="jarowinkler", threshold=_ALIKE, label="employer")
    return compare


if __name__ == "__main__":
    # pandas announces what its next version will do to recordlinkage; that is not our matter.
    warnings.simplefilter("ignore")
    link(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
