"""`python -m bench.accuracy_enterprises`: which registered entity does each employer text of the public benchmark mean?

Ours decides by itself and makes its own candidates; the peers score the candidate pairs given here and answer with the
best entity of each text at the threshold that the truth would choose. All are measured on one tier, in this process.
"""

# mypy: disallow-untyped-calls=False
from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import recordlinkage

from bench.accuracy_figures import scores_of
from bench.figures import grid
from data.model import EntityStatus, MatchGrade, Population
from data.synthetic.benchmark import generate_benchmark
from data.synthetic.benchmark_kinds import TIERS
from data.values.columns import blank_to_none
from matching.enterprise_columns import parse_names
from matching.enterprises import match_employers

_POPULATIONS = {"household": Population.HOUSEHOLD_BUSINESS.value}
_BINARY, _ALIKE = 0.8, 0.85


@dataclass(frozen=True)
class Task:
    """mentions, register: as published, blanks as null, with the parsed `brand` and `core` of the name.

    pairs: candidate pairs as positions (mention, entity). By mention_id: gold, entity_id ('': none); kinds, a set.
    """

    mentions: pd.DataFrame
    register: pd.DataFrame
    pairs: pd.MultiIndex
    gold: pd.Series
    kinds: pd.Series


def read_task(folder: Path) -> Task:
    """The enterprises of one tier."""
    table = {
        name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False).apply(blank_to_none)
        for name in ("mentions", "register", "gold", "strata")
    }
    mentions = _parsed(table["mentions"], "employer")
    register = _parsed(table["register"], "name")
    gold = table["gold"].fillna("").set_index("mention_id")["entity_id"]
    kinds = table["strata"].groupby("mention_id")["stratum"].agg(set)
    return Task(mentions, register, _candidates(mentions, register), gold, kinds)


def ours(task: Task) -> pd.DataFrame:
    """What `match_employers` is certain of: mention_id, entity_id."""
    register = task.register
    entities = register.assign(
        entity_name=register["name"],
        population=register["kind"].map(_POPULATIONS).fillna(Population.SMALL_ENTERPRISE.value),
        is_non_public=True,
        status=EntityStatus.ACTIVE.value,
        ended_on=None,
        established_on=None,
        industry=None,
    )
    texts = task.mentions.rename(columns={"mention_id": "unique_id"})
    found = match_employers(texts, entities)
    certain = found[found["grade"] == MatchGrade.CERTAIN]
    return certain[["unique_id", "entity_id"]].rename(columns={"unique_id": "mention_id"})


def by_recordlinkage(task: Task) -> pd.DataFrame:
    """Its guide's Compare and ECM on the candidate pairs: mention_id, entity_id, score."""
    compare = recordlinkage.Compare()
    compare.string("employer", "name", method="jarowinkler", threshold=_ALIKE, label="name")
    compare.string("employer", "former_name", method="jarowinkler", threshold=_ALIKE, label="former")
    compare.exact("brand", "brand", label="brand")
    compare.exact("core", "core", label="core")
    compare.exact("township", "township", label="township")
    compare.exact("operator", "operator", label="operator")
    compare.exact("entity_no", "number", label="number")
    features = (compare.compute(task.pairs, task.mentions, task.register) > _BINARY).astype(int)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(features)
    return best_entity(task, classifier.prob(features).reindex(task.pairs).to_numpy())


def best_cut(answers: pd.DataFrame, task: Task) -> pd.DataFrame:
    """The answers at or above the score that gives the highest F1."""
    best = max(np.unique(answers["score"]), key=lambda cut: _f1(answers[answers["score"] >= cut], task), default=0.0)
    return answers[answers["score"] >= best]


def _f1(found: pd.DataFrame, task: Task) -> float:
    return scores_of(*_counts(found, task.gold))["f1"]


def score(found: pd.DataFrame, task: Task) -> dict[str, Any]:
    """precision, recall, f1 over mentions; by stratum the share of mentions rightly answered (with nothing, where there
    is nothing) and n, the mentions."""
    answer = task.gold.index.to_series().map(found.set_index("mention_id")["entity_id"]).fillna("")
    is_right = answer == task.gold
    strata = {}
    for kind in sorted({kind for kinds in task.kinds for kind in kinds}):
        carrying = task.kinds.index[[kind in kinds for kinds in task.kinds]]
        strata[kind] = {"right": float(is_right[carrying].mean()), "n": len(carrying)}
    right, said, true = _counts(found, task.gold)
    return {**scores_of(right, said, true), "n_wrong": said - right, "strata": strata}


def measure(tier: str, seed: int, scale: float) -> dict[str, Any]:
    """Make the tier and ask everybody who is installed."""
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        generate_benchmark(Path(name) / "made", seed=seed, scale=scale, tiers=(tier,))
        task = read_task(Path(name) / "made" / "enterprises" / tier)
    peers: dict[str, Callable[[Task], pd.DataFrame]] = {"recordlinkage, best threshold": by_recordlinkage}
    if find_spec("splink") and find_spec("duckdb"):
        from bench.accuracy_enterprises_splink import by_splink

        peers["splink, best threshold"] = by_splink
    systems = {"ours": score(ours(task), task)}
    systems |= {name: score(best_cut(peer(task), task), task) for name, peer in peers.items()}
    wanted = [(mention, entity) for mention, entity in task.gold.items() if entity]
    pairs = set(zip(_ids(task, "mentions"), _ids(task, "register"), strict=True))
    recall = sum(pair in pairs for pair in wanted) / len(wanted)
    counts = {"n_mentions": len(task.mentions), "n_entities": len(task.register), "n_pairs": len(task.pairs)}
    return {"tier": tier, "seed": seed, "scale": scale, **counts, "blocking_recall": recall, "systems": systems}


def table(document: dict[str, Any]) -> str:
    """The document as people read it."""
    systems = document["systems"]
    rows = [
        [name, *(f"{s[key]:.4f}" for key in ("precision", "recall", "f1")), f"{s['n_wrong']:,}"]
        for name, s in systems.items()
    ]
    strata = [
        [kind, f"{found['n']:,}", *(f"{s['strata'][kind]['right']:.4f}" for s in systems.values())]
        for kind, found in systems["ours"]["strata"].items()
    ]
    head = (
        f"enterprises, {document['tier']}, seed {document['seed']}, scale {document['scale']}: "
        f"{document['n_mentions']:,} mentions, {document['n_entities']:,} entities; peers' candidate pairs "
        f"{document['n_pairs']:,}, which hold {document['blocking_recall']:.4f} of the true ones"
    )
    scores = grid(["", "precision", "recall", "F1", "wrong"], rows)
    return "\n".join([head, "", *scores, "", *grid(["rightly answered, by kind", "mentions", *systems], strata)])


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy_enterprises")
    parser.add_argument("--tier", choices=TIERS, default="hard")
    parser.add_argument("--seed", type=int, default=71)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    document = measure(options.tier, options.seed, options.scale)
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else table(document))


def _parsed(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    parsed = parse_names(frame[column].fillna(""))
    brand, core = (blank_to_none(pd.Series(parsed[name].to_numpy(), dtype=object)) for name in ("brand", "core"))
    number = frame["uscc"].where(frame["uscc"].notna(), frame["reg_no"]) if "uscc" in frame else frame["entity_no"]
    return frame.assign(brand=brand, core=core, number=number)


def _candidates(mentions: pd.DataFrame, register: pd.DataFrame) -> pd.MultiIndex:
    """Pairs of one county whose texts share two neighbouring characters (present or former name, or operator), or of
    one number."""
    texts = (
        register["name"].fillna("") + " " + register["former_name"].fillna("") + " " + register["operator"].fillna("")
    )
    sides = [_grams(mentions["employer"], mentions["area"], "m"), _grams(texts, register["area"], "e")]
    found = sides[0].merge(sides[1], on="key")[["m", "e"]]
    numbers = [side["number"].dropna().rename("key").reset_index() for side in (mentions, register)]
    same = numbers[0].merge(numbers[1], on="key")[["index_x", "index_y"]].set_axis(["m", "e"], axis=1)
    both = pd.concat([found, same]).drop_duplicates().sort_values(["m", "e"])
    return pd.MultiIndex.from_frame(both)


def _grams(texts: pd.Series, area: pd.Series, name: str) -> pd.DataFrame:
    grams = [sorted({t[i : i + 2] for i in range(len(t) - 1) if " " not in t[i : i + 2]}) for t in texts]
    frame = pd.DataFrame({name: np.arange(len(texts)), "area": area, "gram": grams}).explode("gram").dropna()
    return pd.DataFrame({name: frame[name].astype("int64"), "key": frame["area"] + frame["gram"]})


def best_entity(task: Task, scores: np.ndarray[Any, Any]) -> pd.DataFrame:
    """The likeliest entity of each mention; a tie is no answer."""
    frame = pd.DataFrame({"mention_id": _ids(task, "mentions"), "entity_id": _ids(task, "register"), "score": scores})
    best = frame["score"] == frame.groupby("mention_id")["score"].transform("max")
    return frame[best & ~frame[best].duplicated("mention_id", keep=False).reindex(frame.index, fill_value=False)]


def _ids(task: Task, side: str) -> Any:  # noqa: ANN401 - ids in the order of the pairs
    level, column = (0, "mention_id") if side == "mentions" else (1, "entity_id")
    frame: pd.DataFrame = getattr(task, side)
    return frame[column].to_numpy(dtype=object)[task.pairs.get_level_values(level)]


def _counts(found: pd.DataFrame, gold: pd.Series) -> tuple[int, int, int]:
    """Right answers, answers, and mentions that have an entity."""
    right = int((found["mention_id"].map(gold) == found["entity_id"]).sum())
    return right, len(found), int((gold != "").sum())


if __name__ == "__main__":
    main(sys.argv[1:])
