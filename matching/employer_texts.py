"""What is asked of the register: a member's employer text, with all that the records and links say beside it.

Where the member went, whose name an operator bears, and at which entities the register lists the member.
"""

from __future__ import annotations

import pandas as pd

from data.contracts.entities import entity_ids
from data.values.columns import none_for_null

#: Columns of a record that are asked, besides the name.
TEXT = ["unique_id", "employer", "entity_no", "township", "area"]


def employer_texts(
    members: pd.DataFrame, gone: pd.DataFrame, at_work: pd.DataFrame, links: pd.DataFrame, register: pd.DataFrame
) -> pd.DataFrame:
    """One row a member-side record, as `match_employers` takes it.

    members: name and TEXT of PERSON_RECORDS of the member side. gone: unique_id, is_floating, flow_to of roster rows;
    who is said not to be floating went nowhere. at_work: unique_id, entity_no of the register's persons. links: LINKS.
    register: ENTITIES. Who bears an operator's name is taken for that operator where the text allows.
    """
    is_operator = members["name"].isin(register["operator"].dropna())
    flow_to = gone.loc[gone["is_floating"] != "no"].set_index("unique_id")["flow_to"]
    return members[TEXT].assign(
        operator=none_for_null(members["name"].where(is_operator)),
        flow_to=none_for_null(members["unique_id"].map(flow_to)),
        registered_at=none_for_null(members["unique_id"].map(_registered_at(at_work, links, register))),
    )


def _registered_at(at_work: pd.DataFrame, links: pd.DataFrame, register: pd.DataFrame) -> pd.Series:
    """Entities of each linked record's person, in order, blanks between; by unique_id."""
    listed = links.merge(at_work, on="unique_id")
    listed["entity_id"] = entity_ids(listed["entity_no"], register)
    listed = listed.dropna(subset="entity_id").drop_duplicates(["person_id", "entity_id"]).sort_values("entity_id")
    of_person = listed.groupby("person_id")["entity_id"].agg(" ".join)
    return links.set_index("unique_id")["person_id"].map(of_person)
