"""Is every threshold watched? Moves each number of each rule set by one unit; an example or vector has to break.

`python -m tools.mutate_params`: prints what survives; exit code 1 if anything does. In process, a few seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from pydantic import ValidationError

from rules.catalogue import RULES
from rules.examples.run import broken, outcome, sets_of
from rules.examples.vectors import VECTORS
from rules.params import Params, rule_sets
from rules.rule import Rule


class Mutant(NamedTuple):
    """A rule set with one number moved. changed: None where the loader refuses the moved number."""

    code: str
    name: str
    step: int
    changed: Params | None


def mutants() -> Iterator[Mutant]:
    """Every threshold of every set, one less and one more."""
    for params in rule_sets():
        for name in params.thresholds():
            for step in (-1, 1):
                yield Mutant(params.code, name, step, _moved(params, name, step))


def survivors() -> list[Mutant]:
    """The mutants that nothing notices."""
    readers = _readers()
    return [mutant for mutant in mutants() if not _is_noticed(mutant, readers.get(mutant.name.split(".")[0], []))]


def _is_noticed(mutant: Mutant, readers: list[Rule]) -> bool:
    params = mutant.changed
    if params is None or any(True for _ in broken(readers, params)):
        return True
    return any(vector.compute(params) != vector.expected for vector in VECTORS if vector.since <= params.code)


def _moved(params: Params, name: str, step: int) -> Params | None:
    whole = params.model_dump()
    place: Any = whole
    for part in name.split("."):
        place = place[part]
    place["value"] += step
    try:
        return Params.model_validate(whole)
    except ValidationError:
        return None


class _Watched(Params):
    """A rule set that notes which of its groups are read."""

    read: ClassVar[set[str]] = set()

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - the type of whichever group is read
        _Watched.read.add(name)
        return super().__getattribute__(name)


def _readers() -> dict[str, list[Rule]]:
    """The rules that read each group of thresholds in any of their examples."""
    newest = rule_sets()[-1]
    found: dict[str, list[Rule]] = {}
    for rule in RULES:
        groups = set()
        for example in rule.examples:
            sets = sets_of(rule, example)
            watched = _Watched.model_construct(**dict(sets[-1] if sets else newest))
            _Watched.read.clear()
            outcome(rule, example, watched)
            groups |= _Watched.read & Params.model_fields.keys()
        for group in groups:
            found.setdefault(group, []).append(rule)
    return found


def main() -> int:
    """Prints the mutants nothing notices and how many there were."""
    alive = survivors()
    for name in dict.fromkeys(mutant.name for mutant in alive):
        moved = ", ".join(f"{mutant.code} {mutant.step:+d}" for mutant in alive if mutant.name == name)
        print(f"{name}: {moved}: nothing breaks")
    print(f"{len(list(mutants()))} mutants, {len(alive)} survive")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
