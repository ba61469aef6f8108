"""Which column is which? Header texts normalised and looked up among the synonyms of a contract.

Normalisation and synonyms: domain §3.3. Nothing fuzzy: an unknown header is counted and dropped, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from data.contracts.field import FeedContract, Field, ValueType
from data.contracts.reasons.headers import COLUMN_TWICE, MISSING_COLUMN, OVERRIDE_NOT_FOUND
from data.sources.layout.likeness import nearest
from data.values.text import fold_width
from data.words import tr

#: How many filled rows from the top may hold titles before the header.
HEADER_ROWS = 30
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_MARKS = re.compile(r"[\s*※:。★]+")
_NUMBERING = re.compile(r"^\d{1,2}[.、]")
#: One meaning written twice (电话/手机, 姓名/NAME), counted (手机号码1) or glossed in Latin (姓名NAME).
_TWICE = re.compile(r"[/、|]|或")
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])(?:[A-Z][A-Z.]*|\d{1,2}|[一二三])$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
#: Headers understood only by their parts come after every header known as it stands.
_RANK_OF_PARTS = 1000
#: A missing column is certainly meant by some header, so less likeness is enough to name one.
_LIKE_MISSING = 0.5
Known = Mapping[str, tuple[str, int]]


@lru_cache(maxsize=4096)
def normalise_header(text: str) -> str:
    """NFKC, upper case, no white space, no notes in brackets (unless there is nothing else), no * ※ or numbering."""
    compact = _NUMBERING.sub("", _MARKS.sub("", fold_width(text))).upper()
    return _BRACKETED.sub("", compact) or compact


@lru_cache(maxsize=64)
def synonyms(contract: FeedContract) -> dict[str, tuple[str, int]]:
    """Normalised header -> (canonical name, rank: 0 the official title, then its synonyms in order)."""
    known: dict[str, tuple[str, int]] = {}
    # Official titles go first: no synonym of one field may shadow the title of another.
    for rank_of_title in (True, False):
        for field in contract.fields:
            words = (field.title, field.name) if rank_of_title else field.synonyms
            for rank, word in enumerate(words):
                known.setdefault(normalise_header(word), (field.name, rank if rank_of_title else rank + 2))
    return known


def _field_of(word: str, known: Known) -> tuple[str, int] | None:
    """Field and rank of a header: as it stands, else by its Han parts (no number, no gloss) if all name one field."""
    if word in known:
        return known[word]
    parts = [_GLOSS.sub("", part) for part in _TWICE.split(word) if _HAN.search(part)]
    found = [known.get(part) for part in parts]
    ranks = [item[1] for item in found if item is not None]
    fields = {item and item[0] for item in found}
    name = fields.pop() if len(fields) == 1 else None
    return (name, _RANK_OF_PARTS + min(ranks)) if name else None


class Vocabulary:
    """The headers of one contract and of a source's own `columns`: what a header text means."""

    def __init__(self, contract: FeedContract, overrides: Mapping[str, str]) -> None:
        self.contract = contract
        self.overrides = overrides
        self._own = {normalise_header(header): name for name, header in overrides.items()}
        self._known = synonyms(contract)
        wanted = [(field.name,) for field in contract.required()]
        self._needed = [frozenset(group) for group in (*wanted, *contract.needs_one_of)]

    def words(self) -> list[str]:
        """Every normalised header that has a meaning."""
        return [*self._own, *self._known]

    def field(self, text: str | None) -> str | None:
        """The canonical name that a header stands for."""
        if not text:
            return None
        word = normalise_header(text)
        if word in self._own:
            return self._own[word]
        item = _field_of(word, self._known)
        return item[0] if item and item[0] not in self.overrides else None

    def sense(self, text: str) -> str | None:
        """The canonical name that a header stands for anywhere, even where the source names another column for it."""
        item = _field_of(normalise_header(text), self._known)
        return self.field(text) or (item[0] if item else None)

    def fields(self, texts: Sequence[str | None]) -> set[str]:
        """The different fields that the texts of one row name."""
        return {name for text in texts if (name := self.field(text))}

    def is_complete(self, fields: set[str]) -> bool:
        """Whether a table with these columns would be taken."""
        return all(group & fields for group in self._needed)


def n_hits(texts: Sequence[str | None], contract: FeedContract, overrides: Mapping[str, str]) -> int:
    """How many different fields the texts of one row name."""
    return len(Vocabulary(contract, overrides).fields(texts))


@dataclass(frozen=True)
class HeaderMap:
    """columns: canonical name -> column positions, best first. unknown: positions of columns that are dropped."""

    columns: dict[str, list[int]]
    unknown: list[int]


def map_headers(
    headers: Sequence[str], contract: FeedContract, overrides: Mapping[str, str], *, source: str, where: str
) -> HeaderMap:
    """Give each column its canonical name. An override wins over every synonym, and alone.

    Raises SourceFileError: a required column is missing, an override's header is not there, or the same header
    stands twice for a field that is more than free text.
    """
    known = synonyms(contract)
    words = [normalise_header(header) for header in headers]
    ranked: dict[str, list[tuple[int, int]]] = {}
    for position, word in enumerate(words):
        item = _field_of(word, known)
        if item is not None and item[0] not in overrides:
            ranked.setdefault(item[0], []).append((item[1], position))
    for name, header in overrides.items():
        positions = [position for position, word in enumerate(words) if word and word == normalise_header(header)]
        if not positions:
            raise OVERRIDE_NOT_FOUND.refuse(source, where, header=header, found=_listed(headers))
        ranked = {field: [item for item in items if item[1] not in positions] for field, items in ranked.items()}
        ranked[name] = [(0, position) for position in positions]
    columns = {name: [position for _, position in sorted(items)] for name, items in ranked.items() if items}
    taken = {position for positions in columns.values() for position in positions}
    unknown = [position for position in range(len(headers)) if position not in taken]
    _refuse_missing(columns, headers, unknown, contract, source, where)
    for field in contract.fields:
        _refuse_twice(field, columns.get(field.name, []), words, headers, source, where)
    return HeaderMap(columns, unknown)


def _refuse_missing(
    columns: Mapping[str, list[int]],
    headers: Sequence[str],
    unknown: Sequence[int],
    contract: FeedContract,
    source: str,
    where: str,
) -> None:
    wanted = [*((field.name,) for field in contract.required()), *contract.needs_one_of]
    fields = {field.name: field for field in contract.fields}
    missing = list(dict.fromkeys(group for group in wanted if not any(name in columns for name in group)))
    if missing:
        titles = ["/".join(fields[name].title for name in group) for group in missing]
        strangers = [headers[position] for position in unknown if headers[position]]
        hints = [_hint([fields[name] for name in group], strangers) for group in missing]
        raise MISSING_COLUMN.refuse(
            source,
            where,
            missing="、".join(dict.fromkeys(titles)),
            found=_listed(headers),
            hint="".join(dict.fromkeys(hints)),
        )


def _hint(fields: Sequence[Field], strangers: Sequence[str]) -> str:
    """The unknown header most like a missing column, with the line to write if it is the one; '' if none is like it."""
    options = {normalise_header(header): header for header in reversed(strangers)}
    for field in fields:
        for word in (field.title, *field.synonyms):
            if header := nearest(normalise_header(word), options, _LIKE_MISSING):
                line = f'columns = {{ {field.name} = "{options[header]}" }}'
                return tr(
                    f"；“{options[header]}”像是“{field.title}”，若是，可写 {line}",
                    f'; "{options[header]}" looks like "{field.title}": if it is, write {line}',
                )
    return ""


def _refuse_twice(
    field: Field, positions: list[int], words: list[str], headers: Sequence[str], source: str, where: str
) -> None:
    """Synonyms side by side fill each other's blanks; the very same header twice is a riddle, except for free text."""
    same = {words[position] for position in positions}
    if field.type is not ValueType.TEXT and len(same) < len(positions):
        raise COLUMN_TWICE.refuse(source, where, header=headers[positions[0]], title=field.title)


def _listed(headers: Sequence[str]) -> str:
    return "、".join(header for header in headers if header) or "—"
