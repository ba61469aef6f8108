"""One call of `longlou link`: the tables read, linked and held against the truth; what the command tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.errors import ConfigError
from data.settings import Settings
from data.words import tr
from flows.measured import peak_mb
from longlou.link_tables import TableAhead
from longlou.link_truth import read_truth
from matching.link.evaluation import LinkScores, evaluate_links
from matching.link.pipeline import LinkResult, link_prepared
from matching.link.spec import LinkSpec
from matching.link.tables import ids_of, prepare_tables
from matching.resources import Resources


@dataclass(frozen=True)
class Paths:
    """Files of a call."""

    left: Path
    right: Path | None
    truth: Path | None


def refuse_misfit(spec: LinkSpec, right: Path | None, clusters: Path | None) -> None:
    """Raises ConfigError when the tables given are not those that the mode takes."""
    if spec.mode == "link" and right is None:
        raise ConfigError(tr('mode = "link" 要两张表', 'mode = "link" needs two tables'))
    if spec.mode == "dedupe" and right is not None:
        raise ConfigError(tr('mode = "dedupe" 只用一张表', 'mode = "dedupe" takes one table'))
    if spec.mode == "link" and clusters is not None:
        raise ConfigError(tr('--clusters 只用于查重（mode = "dedupe"）', '--clusters is for mode = "dedupe"'))


def run_link(
    spec: LinkSpec, paths: Paths, tables: list[TableAhead], resources: Resources
) -> tuple[LinkResult, LinkScores | None]:
    """Link the tables of `paths`, whose reading has begun; scores when there is a truth to hold against."""
    names = (paths.left.name, paths.right.name if paths.right else "")
    taken = [table.take() for table in tables]
    pa.default_memory_pool().release_unused()
    truth = None
    if paths.truth is not None:
        ids = ids_of(taken[0], "left", spec, names[0])
        ids_right = ids_of(taken[1], "right", spec, names[1]) if len(taken) > 1 else None
        truth = read_truth(paths.truth, ids, ids_right)
        del ids, ids_right
    coded = prepare_tables(taken, spec, names, resources.executor)
    pa.default_memory_pool().release_unused()
    result = link_prepared(coded, spec, resources)
    return result, None if truth is None else evaluate_links(result, truth)


def resources_of(settings: Settings, memory_mb: int | None) -> Resources:
    """What the installation lets matching use; memory as said in the call, if it was."""
    return Resources.local(memory_mb or settings.memory_budget_mb, settings.workers, settings.spill_dir)


def link_document(result: LinkResult, scores: LinkScores | None, seconds: float) -> dict[str, Any]:
    """The `--json` document (design §4)."""
    n_links = len(result.links)
    document: dict[str, Any] = {
        "n_pairs": result.n_pairs,
        "n_links": n_links,
        "n_review": len(result.pairs) - n_links,
        "n_pairs_by_rule": result.n_pairs_by_rule,
        "n_capped_by_rule": result.n_capped_by_rule,
        "link_threshold": result.link_threshold,
        "model": result.model,
        "seconds": round(seconds, 3),
        "peak_mb": round(peak_mb(), 1),
    }
    if scores is not None:
        document |= {"precision": scores.precision, "recall": scores.recall, "f1": scores.f1, "n_true": scores.n_true}
    return document
