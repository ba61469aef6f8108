"""The named table of every hand-over inside a run, as pandera schemas; validated at the doors, not in every function.

All text columns are object with None for null; dates are ISO text whose length is the precision
(`1985-07-01` day, `1985-07` month, `1985` year); counts and rows are int64; weights are float64 in bits.
"""

from __future__ import annotations

import pandera.pandas as pa

PROVENANCE = ("source", "source_file", "source_sheet", "source_row")

#: Columns of a person record beyond provenance: what matching may look at (never ethnicity, guard-rail 5).
PERSON_COLUMNS = (
    "kind",
    "name",
    "sex",
    "id_no",
    "id_status",
    "birth",
    "mobile",
    "area",
    "township",
    "employer",
    "entity_no",
    "home",
    "branch",
    "join_on",
)


def _text(*, nullable: bool = True, unique: bool = False) -> pa.Column:
    return pa.Column(object, nullable=nullable, unique=unique)


def _provenance() -> dict[str, pa.Column]:
    return {
        "unique_id": _text(nullable=False),
        "source": _text(nullable=False),
        "source_file": _text(nullable=False),
        "source_sheet": _text(nullable=False),
        "source_row": pa.Column("int64", pa.Check.ge(1)),
    }


#: Step 2: one row a record of a person; key unique_id. `kind` is a FeedKind of PERSON_SIDE.
PERSON_RECORDS = pa.DataFrameSchema({**_provenance(), **{name: _text() for name in PERSON_COLUMNS}})

#: Step 2: one row a refused row (field '' when the whole row is meant); key: provenance + field.
REJECTED_ROWS = pa.DataFrameSchema(
    {
        **{name: column for name, column in _provenance().items() if name != "unique_id"},
        "field": _text(nullable=False),
        "reason_code": _text(nullable=False),
        "message": _text(nullable=False),
    }
)

#: Entities of the register; key entity_id (credit code if there is one, else registration number).
ENTITIES = pa.DataFrameSchema(
    {
        "entity_id": _text(nullable=False, unique=True),
        "uscc": _text(),
        "reg_no": _text(),
        "entity_name": _text(),
        "former_name": _text(),
        "population": _text(nullable=False),
        "is_non_public": pa.Column(bool),
        "status": _text(nullable=False),
        "ended_on": _text(),
        "established_on": _text(),
        "operator": _text(),
        "address": _text(),
        "township": _text(),
        "area": _text(),
        "industry": _text(),
    }
)

#: Step 4: one row a pair, unique_id_l < unique_id_r, each pair once; blocking_rule is the first rule that made it.
CANDIDATE_PAIRS = pa.DataFrameSchema(
    {"unique_id_l": _text(nullable=False), "unique_id_r": _text(nullable=False), "blocking_rule": _text(nullable=False)}
)

#: Step 7: the pairs worth keeping (certain or possible): levels, weights, grade and who decided; in one line why
#: (match_key), the places where values differ (marks, JSON: matching/explain_values.py), and why the clusters left out
#: a pair that was certain by itself (left_out, else '').
GRADED_PAIRS = pa.DataFrameSchema(
    {
        **CANDIDATE_PAIRS.columns,
        "gamma_.+": pa.Column("int8", pa.Check.ge(-1), regex=True),
        "mw_.+": pa.Column("float64", regex=True),
        "match_weight": pa.Column("float64"),
        "match_probability": pa.Column("float64", pa.Check.in_range(0, 1)),
        "grade": _text(nullable=False),
        "decided_by": _text(nullable=False),
        "match_key": _text(nullable=False),
        "marks": _text(nullable=False),
        "bars": _text(nullable=False),
        "left_out": _text(nullable=False),
    }
)

#: Step 8: one row a record that belongs to a person; key unique_id.
LINKS = pa.DataFrameSchema({"unique_id": _text(nullable=False, unique=True), "person_id": _text(nullable=False)})

#: Step 10: one row a member; key person_id. `flags` are codes joined by '|', sorted.
CLASSIFICATIONS = pa.DataFrameSchema(
    {
        "person_id": _text(nullable=False, unique=True),
        "primary_class": _text(nullable=False),
        "flags": _text(nullable=False),
        "population": _text(nullable=False),
        "area": _text(),
        "township": _text(),
        "branch": _text(),
        "entity_id": _text(),
        "reason": _text(nullable=False),
    }
)

#: Step 10: one row a firing; key finding_id. `is_false_entry`: the machine proposes to strike the entry out.
FINDINGS = pa.DataFrameSchema(
    {
        "finding_id": _text(nullable=False, unique=True),
        "rule_code": _text(nullable=False),
        "evidence_grade": _text(nullable=False),
        "unique_id": _text(),
        "person_id": _text(),
        "is_false_entry": pa.Column(bool),
        "message": _text(nullable=False),
        "evidence": _text(nullable=False),
    }
)

#: Numbers of the balance 应有数 = 实有数; what they mean: rules/transfers/balance.py.
BALANCE_NUMBERS = (
    *("opening", "developed", "restored", "received", "left", "suspended", "deceased", "transferred"),
    *("expected", "listed", "difference"),
    *("listed_deceased", "listed_left", "listed_never_admitted", "listed_transferred", "listed_other"),
    *("listed_suspended", "listed_flow_in", "listed_double", "uncounted", "unexplained"),
)
#: Step 10: one row a branch, township, county and all; '' where a place is not of that level or not known.
BALANCE = pa.DataFrameSchema(
    {
        **{name: _text(nullable=False) for name in ("level", "area", "township", "branch")},
        "is_opening_stated": pa.Column(bool),
        **{name: pa.Column("int64") for name in BALANCE_NUMBERS},
    }
)

#: Step 10: one row a listed row that does not count, or (kind `uncounted`) a letter whose member nobody lists.
BALANCE_DIFFERENCES = pa.DataFrameSchema(
    {
        **{name: _text(nullable=False) for name in ("kind", "area", "township", "branch", "unique_id")},
        "person_id": _text(),
    }
)

#: Step 10: one row an annual report worth a visit; nobody is named.
REPORT_LEADS = pa.DataFrameSchema(
    {
        "unique_id": _text(nullable=False),
        "rule_code": _text(nullable=False),
        **{name: _text() for name in ("entity_id", "entity_name", "township", "area")},
        "message": _text(nullable=False),
    }
)

#: Step 11: one row a question to an analyst; key item_id. `candidates` is JSON, masked.
REVIEW_QUEUE = pa.DataFrameSchema(
    {
        "item_id": _text(nullable=False, unique=True),
        "kind": _text(nullable=False),
        "unique_id": _text(nullable=False),
        "person_id": _text(),
        "candidates": _text(nullable=False),
        "priority": pa.Column("int64"),
        "reason": _text(nullable=False),
        "area": _text(),
        "township": _text(),
    }
)
