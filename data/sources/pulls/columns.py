"""Which columns of a pull may be kept? Those of the contract, found by their names; the rest goes no further (P2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.contracts.feeds import CONTRACTS
from data.contracts.field import FeedContract
from data.sources.layout.header import Vocabulary, map_headers, normalise_header, synonyms
from data.sources.manifest import Strict
from data.sources.pull_spec import as_json
from data.sources.spec import SourceSpec

#: Columns of a pulled table beside those of the contract: parts of the key, and whether the row is gone.
KEY, DELETED = "\x00key{}", "\x00deleted"


def key_columns(n_parts: int) -> list[str]:
    """Names of the columns that hold the parts of the key."""
    return [KEY.format(part) for part in range(n_parts)]


@dataclass(frozen=True)
class AllowList:
    """The contract of a source with its column overrides."""

    source: str
    where: str
    contract: FeedContract
    overrides: Mapping[str, str]

    def whole(self, headers: Sequence[str]) -> list[int]:
        """Positions of the allowed columns of a whole header. Raises SourceFileError when one is missing or twice."""
        found = map_headers(headers, self.contract, self.overrides, source=self.source, where=self.where)
        return sorted({position for positions in found.columns.values() for position in positions})

    def some(self, headers: Sequence[str]) -> list[str]:
        """The allowed ones among headers that need not be all, for documents leave out what is null; overrides are
        paths there, and read as such."""
        vocabulary = Vocabulary(self.contract, self.overrides)
        named = {normalise_header(header) for header in self.overrides.values()}
        return [header for header in headers if vocabulary.field(header) and normalise_header(header) not in named]


def allow_list(source: str, where: str, spec: SourceSpec) -> AllowList:
    """What a source may bring, by its kind and its declared columns."""
    return AllowList(source, where, CONTRACTS[spec.kind], spec.columns)


def identity_of(declared: Strict, allow: AllowList, place: str) -> str:
    """Digest of what decides whether kept rows still fit; `place` is the address without secrets."""
    known = sorted(synonyms(allow.contract).items())
    parts = [as_json(declared), known, sorted(allow.overrides.items()), place]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
