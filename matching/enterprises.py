"""Which registered entity does an employer text mean? Number, then name, former name, brand, operator, near brand.

Ambiguity is never certainty: an entity must stand out against all its rivals together.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import MatchGrade
from data.values.coded import Coded, as_texts
from matching.arrays import Codes, distinct_rows
from matching.enterprise_sides import Sides, sides_of
from matching.enterprise_weights import CERTAIN, HOW, MARGIN, POSSIBLE, score
from matching.joins import join_codes, near_brand_pairs

COLUMNS = ("unique_id", "entity_id", "match_weight", "grade", "how")
#: Columns of a query: what is known of one employer text.
_QUERY = ["employer", "entity_no", "township", "area", "operator", "flow_to", "registered_at"]
#: Distinct texts looked up in one go: bounds the memory whatever the size of the register.
CHUNK_QUERIES = 20_000
#: Rivals shown to an analyst, and how many bits below the best they may be.
MAX_POSSIBLE, POSSIBLE_WITHIN = 5, 4.0


def match_employers(texts: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Registered entities of employer texts.

    texts: unique_id, employer (text as written), entity_no (registration number or credit code as cleaned), township,
    area (of the person's record); optional operator (name of the operator, where the source tells it), flow_to (where
    the record says the person went to work, as written) and registered_at (entity_ids at which the register lists the
    person, blanks between). Null: not said. Columns besides unique_id may be coded (data.values.coded).
    entities: ENTITIES. Returns unique_id, entity_id, match_weight (bits), grade (certain, possible), how (one of HOW);
    at most one certain row a unique_id, and then no other; up to MAX_POSSIBLE possible rows otherwise. Sorted by
    unique_id, then weight downwards, then entity_id. A text without an employer (务农) and no number gives no row.
    """
    asked = texts.reindex(columns=["unique_id", *_QUERY])
    asked = asked[asked["employer"].notna() | asked["entity_no"].notna()]
    if asked.empty or entities.empty:
        return _no_matches()
    entities = entities.sort_values("entity_id", ignore_index=True)
    query_of_row, queries = _distinct(asked)
    matches = _matches(sides_of(queries, entities))
    matches["entity_id"] = entities["entity_id"].to_numpy(dtype=object)[matches["entity"]]
    rows = pd.DataFrame({"unique_id": asked["unique_id"].to_numpy(dtype=object), "query": query_of_row})
    joined = rows.merge(matches, on="query").sort_values(
        ["unique_id", "match_weight", "entity_id"], ascending=[True, False, True], ignore_index=True
    )
    return joined[list(COLUMNS)]


def _no_matches() -> pd.DataFrame:
    empty = {column: pd.Series(dtype="float64" if column == "match_weight" else object) for column in COLUMNS}
    return pd.DataFrame(empty)


def _distinct(asked: pd.DataFrame) -> tuple[Codes, pd.DataFrame]:
    """Which distinct query each row asks, and the distinct queries, as texts."""
    query_of_row, first = distinct_rows(*(Coded.of(asked[name]).codes + 1 for name in _QUERY))
    return query_of_row, as_texts(asked[_QUERY], first)


def _matches(sides: Sides) -> pd.DataFrame:
    """Entities of every query: by what is equal, then, where that settles nothing, by what is near."""
    queries = np.arange(len(sides.query_text))
    equal = [_scored(sides, *_equal_candidates(sides, chunk)) for chunk in _chunks(queries)]
    settled = [found.loc[found["match_weight"] >= CERTAIN, "query"].to_numpy() for found in equal]
    open_queries = np.setdiff1d(queries, np.concatenate(settled))
    pairs = _near_brands(sides, open_queries)
    near = [_scored(sides, *_near_candidates(sides, chunk, pairs)) for chunk in _chunks(open_queries)]
    return _grade(_best(pd.concat([*equal, *near], ignore_index=True)))


def _chunks(queries: Codes) -> list[Codes]:
    return np.array_split(queries, max(1, -(-len(queries) // CHUNK_QUERIES)))


def _equal_candidates(sides: Sides, queries: Codes) -> tuple[Codes, Codes]:
    """Pairs of a query and a name that share the number, the text, the brand, or the operator as name."""
    text, values = sides.query_text[queries], sides.values
    brand = np.where(values.brand_length > 1, values.brand, 0)
    operator = np.where(sides.is_household, sides.entity_operator, 0)
    n_entities = len(sides.entity_uscc)
    # The present name of entity e is name e, so entities can stand for names.
    joins = [
        join_codes(sides.query_number[queries], sides.entity_uscc),
        join_codes(sides.query_number[queries], sides.entity_reg_no),
        join_codes(values.core[text], values.core[sides.name_text]),
        join_codes(brand[text], brand[sides.name_text]),
        join_codes(sides.text_person[text], operator[:n_entities]),
    ]
    return _union(queries, joins, len(sides.name_text))


def _near_brands(sides: Sides, queries: Codes) -> tuple[Codes, Codes]:
    """Pairs of brand codes that sound alike, are one slip apart, or begin or end alike; public bodies have no brand."""
    values, text = sides.values, sides.query_text[queries]
    asked = np.unique(values.brand[text[values.is_brand_private[text]]])
    offered = np.unique(values.brand[sides.name_text[values.is_brand_private[sides.name_text]]])
    left, right = near_brand_pairs(values.brand_texts[asked], values.brand_texts[offered])
    return asked[left], offered[right]


def _near_candidates(sides: Sides, queries: Codes, pairs: tuple[Codes, Codes]) -> tuple[Codes, Codes]:
    """Pairs of a query and a name whose brands are near."""
    brand = sides.values.brand
    query, pair = join_codes(brand[sides.query_text[queries]], pairs[0])
    again, name = join_codes(pairs[1][pair], brand[sides.name_text])
    return _union(queries, [(query[again], name)], len(sides.name_text))


def _union(queries: Codes, joins: list[tuple[Codes, Codes]], n_names: int) -> tuple[Codes, Codes]:
    """Distinct pairs of several joins, queries given by their number."""
    packed = pd.unique(np.concatenate([queries[left] * n_names + right for left, right in joins]))
    return packed // n_names, packed % n_names


def _scored(sides: Sides, query: Codes, name: Codes) -> pd.DataFrame:
    """Pairs of query and entity that reach POSSIBLE, by their best name."""
    weight, how = score(sides, query, name)
    frame = pd.DataFrame({"query": query, "entity": sides.name_entity[name], "match_weight": weight, "how_code": how})
    return _best(frame[weight >= POSSIBLE])


def _best(frame: pd.DataFrame) -> pd.DataFrame:
    ordered = frame.sort_values(["query", "match_weight", "how_code", "entity"], ascending=[True, False, False, True])
    return ordered.drop_duplicates(["query", "entity"])


def _grade(found: pd.DataFrame) -> pd.DataFrame:
    """Certain where one entity outweighs all its rivals together; else the best few are possible.

    Where the number points to one entity and the name to another, nothing is certain.
    """
    found = found.sort_values(["query", "match_weight", "entity"], ascending=[True, False, True], ignore_index=True)
    weight, query = found["match_weight"], found["query"]
    is_first = ~query.duplicated()
    rivals = np.exp2(weight.where(~is_first, -np.inf)).groupby(query).transform("sum")
    with np.errstate(divide="ignore"):
        stands_out = weight - np.log2(rivals) >= MARGIN
    is_number = found["how_code"] == HOW.index("number")
    certain = is_first & (weight >= CERTAIN) & stands_out & (is_number | ~is_number.groupby(query).transform("any"))
    settled = certain.groupby(query).transform("any")
    rank = found.groupby("query").cumcount()
    best = weight.groupby(query).transform("max")
    keep = certain | (~settled & (rank < MAX_POSSIBLE) & ((weight >= best - POSSIBLE_WITHIN) | is_number))
    found["grade"] = np.where(certain, MatchGrade.CERTAIN.value, MatchGrade.POSSIBLE.value)
    found["how"] = np.array(HOW, dtype=object)[found["how_code"]]
    kept: pd.DataFrame = found[keep]
    return kept
