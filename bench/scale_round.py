"""One contender links the province once, as a process of its own, and is scored. Standard library only: it measures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from bench.figures import OURS, Figures
from bench.processes import Cost, run_module, say
from bench.scale_figures import with_rate
from bench.scale_rules import EMPLOYED, FACTS, MEMBERS, spec_text
from bench.scale_tree import run_tree


def make_files(folder: Path, n_employed: int, n_members: int, seed: int) -> dict[str, int]:
    """The province in the folder, made unless it is there already; its facts."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = folder / FACTS
    wanted = {"n_employed": n_employed, "n_members": n_members, "seed": seed, "generator": _generator()}
    found = json.loads(facts.read_text(encoding="utf-8")) if facts.exists() else {}
    if any(found.get(name) != value for name, value in wanted.items()):
        say(f"making {n_employed:,} employed persons and {n_members:,} members (seed {seed})")
        run_module("bench.scale_files", str(folder), str(n_employed), str(n_members), str(seed))
        found = json.loads(facts.read_text(encoding="utf-8")) | {"generator": _generator()}
        facts.write_text(json.dumps(found), encoding="utf-8")
    return {name: int(value) for name, value in found.items() if name != "generator"}


def _generator() -> str:
    """Tells one state of the generator from another, so that no files of an older one are taken."""
    parts = (Path(__file__).with_name(f"scale_{part}.py").read_bytes() for part in ("files", "people", "slips"))
    return sha256(b"".join(parts)).hexdigest()[:16]


def run_contender(
    name: str, folder: Path, rules: str, *options: str, settings: Mapping[str, str] | None = None
) -> Figures:
    """Cost, n_pairs, pairs_per_s and scores. options of `longlou link` and settings: for ours. ChildFailedError."""
    answer = answer_of(name, folder)
    if name == OURS:
        cost = _ours(folder, rules, answer, options, settings)
    else:
        cost = run_tree(f"bench.scale_{name}", str(folder), rules, str(answer))
    scores = folder / f"{name}.scores.json"
    run_module("bench.scale_scoring", str(folder), str(answer), str(scores))
    told = json.loads(answer.with_suffix(".json").read_text(encoding="utf-8"))
    figures = {**asdict(cost), "n_pairs": int(told["n_pairs"]), **json.loads(scores.read_text(encoding="utf-8"))}
    return with_rate(figures)


def answer_of(name: str, folder: Path) -> Path:
    """Where a contender leaves its pairs."""
    return folder / f"{name}.{'csv' if name == OURS else 'parquet'}"


def digest(path: Path) -> str:
    """SHA-256 of the bytes of an answer."""
    return sha256(path.read_bytes()).hexdigest()


def _ours(folder: Path, rules: str, answer: Path, options: tuple[str, ...], settings: Mapping[str, str] | None) -> Cost:
    """`longlou link` as anybody would call it."""
    spec = folder / f"{rules}.toml"
    spec.write_text(spec_text(rules), encoding="utf-8")
    tables = (str(folder / EMPLOYED), str(folder / MEMBERS))
    arguments = ("longlou", "--quiet", "link", str(spec), *tables, "--out", str(answer), "--json", *options)
    return run_tree(*arguments, out=answer.with_suffix(".json"), settings=settings)
