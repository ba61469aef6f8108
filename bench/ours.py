"""longlou as it ships: `match_persons`, the function that a run calls, with a clock around each of its steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bench.answer import Answer, Clock
from bench.inputs import CountyInput
from data.contracts.frames import empty_frame
from data.model import MatchGrade
from matching import pipeline
from matching.spec import load_spec

#: Function that matching.pipeline calls -> the step it belongs to. What none of them does is the step `rest`.
STEPS = {
    "normalise": "normalise",
    "make_ready": "block and code",
    "compare_pairs": "compare",
    "learn": "train",
    "keep_pairs": "score",
    "grade_pairs": "score",
    "pairs_apart": "link",
    "cluster_all": "link",
    "links": "link",
}


def link(county: CountyInput) -> Answer:
    """Link the county with the person model of the package, as a run without earlier judgements does."""
    clock = Clock()
    judgements = empty_frame(["unique_id_l", "unique_id_r", "judgement"])
    known = empty_frame(["unique_id", "person_id", "minted_seq"]).astype({"minted_seq": "int64"})
    with _timed_steps(clock), clock.step("rest"):
        match = pipeline.match_persons(county.records, load_spec(), judgements, known, county.one_row_sources)
    pairs = match.pairs[["unique_id_l", "unique_id_r", "match_probability"]]
    return Answer(
        n_pairs=sum(match.n_pairs_by_rule.values()),
        steps=clock.steps,
        pairs=pairs.assign(is_match=match.pairs["grade"] == MatchGrade.CERTAIN),
        links=match.links[["unique_id", "person_id"]],
    )


@contextmanager
def _timed_steps(clock: Clock) -> Iterator[None]:
    """matching.pipeline with its steps timed; as it was afterwards."""

    timed: dict[str, object] = {name: clock.timed(step, getattr(pipeline, name)) for name, step in STEPS.items()}
    as_it_was = {name: getattr(pipeline, name) for name in timed}
    _put(timed)
    try:
        yield
    finally:
        _put(as_it_was)


def _put(functions: dict[str, object]) -> None:
    for name, function in functions.items():
        setattr(pipeline, name, function)
