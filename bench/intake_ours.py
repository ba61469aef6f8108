"""longlou as it ships: a source read as a run reads it, and read and accepted."""

from __future__ import annotations

from pathlib import Path

from bench.intake_files import AS_OF, SOURCES
from data.contracts.accept import accept
from data.contracts.feeds import CONTRACTS
from data.sources.reader import read_source
from data.sources.spec import load_sources

#: The key of content hashes; any key will do for persons who do not exist.
_KEY = b"longlou-bench-record-key-32bytes"


def read(folder: Path, file: str) -> int:
    """Rows below the header of the source."""
    spec = load_sources(folder / SOURCES, AS_OF)
    return sum(len(table.cells) for table in read_source(file, spec.sources[file], spec.base))


def take(folder: Path, file: str) -> int:
    """Rows accepted by the contract of the source."""
    spec = load_sources(folder / SOURCES, AS_OF)
    source = spec.sources[file]
    return len(accept(read_source(file, source, spec.base), CONTRACTS[source.kind], source, _KEY, AS_OF).rows)
