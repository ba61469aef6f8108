"""The answer to a small file, as the command line makes it."""

from __future__ import annotations

from pathlib import Path

from data.contracts.accept import accept
from data.contracts.answer import Answer, answer
from data.contracts.feeds import CONTRACTS
from data.model import FeedKind
from data.sources.raw import RawTable
from data.sources.reader import read_source
from tests.data.sources.builders import AS_OF, KEY, spec_of


def read_and_answer(
    path: Path, kind: FeedKind = FeedKind.MEMBER_ROSTER, **more: object
) -> tuple[Answer, list[RawTable]]:
    """The answer, and the tables it is about."""
    spec = spec_of(path.name, kind, **more)
    tables = read_source(path.name, spec, path.parent)
    accepted = accept(tables, CONTRACTS[kind], spec, KEY, AS_OF)
    return answer(path.name, tables, accepted, CONTRACTS[kind], spec.columns), tables


def answer_to(path: Path, kind: FeedKind = FeedKind.MEMBER_ROSTER, **more: object) -> Answer:
    """The answer to a file."""
    return read_and_answer(path, kind, **more)[0]
