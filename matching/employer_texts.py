"""What is asked of the register: a member's employer text, with all that the records and links say beside it.

Where the member went, whose name an operator bears, and at which entities the register lists the member.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.contracts.entities import entity_ids
from data.values.coded import TEXT as ARROW_TEXT
from data.values.coded import Coded, places, text_array

#: Columns of a record that are asked, besides the name.
TEXT = ["unique_id", "employer", "entity_no", "township", "area"]


def employer_texts(
    members: pd.DataFrame, gone: pd.DataFrame, at_work: pd.DataFrame, links: pd.DataFrame, register: pd.DataFrame
) -> pd.DataFrame:
    """One row a member-side record, as `match_employers` takes it, the columns besides unique_id coded.

    members: name and TEXT of PERSON_RECORDS of the member side. gone: unique_id, is_floating, flow_to of roster rows;
    who is said not to be floating went nowhere. at_work: unique_id, entity_no of the register's persons. links: LINKS.
    register: ENTITIES. Who bears an operator's name is taken for that operator where the text allows.
    """
    ids = members["unique_id"]
    name = Coded.of(members["name"])
    operators = register["operator"].dropna().to_numpy(dtype=object)
    is_operator = name.spread(pc.is_in(name.values, value_set=text_array(operators)))
    gone = gone[gone["is_floating"] != "no"]
    beside = {
        "operator": name.where(is_operator),
        "flow_to": Coded.of(gone["flow_to"]).at(places(ids, gone["unique_id"])),
        "registered_at": _registered_at(at_work, links, register).at(places(ids, links["unique_id"])),
    }
    texts = {column: Coded.of(members[column]) for column in TEXT[1:]} | beside
    columns = {column: coded.used().series() for column, coded in texts.items()}
    return pd.DataFrame({"unique_id": members["unique_id"].to_numpy(dtype=object), **columns}, copy=False)


def _registered_at(at_work: pd.DataFrame, links: pd.DataFrame, register: pd.DataFrame) -> Coded:
    """Entities of the person of each of LINKS, in order, blanks between."""
    person, persons = pd.factorize(links["person_id"])
    link = places(at_work["unique_id"], links["unique_id"])
    entity = Coded.of(entity_ids(at_work["entity_no"], register))
    is_listed = (link >= 0) & (entity.codes >= 0)
    rank = np.empty(len(entity.values), dtype=np.int64)
    order = pc.array_sort_indices(entity.values).to_numpy()
    rank[order] = np.arange(len(order))
    size = max(len(order), 1)
    listed = np.unique(person[link[is_listed]] * size + rank[entity.codes[is_listed]])
    ends = np.cumsum(np.bincount(listed // size, minlength=len(persons)))
    texts = entity.values.take(pa.array(order[listed % size]))
    lists = pa.LargeListArray.from_arrays(pa.array(np.append(0, ends)), texts)
    joined = pc.binary_join(lists, pa.scalar(" ", ARROW_TEXT))
    return Coded.of_texts(person, pc.if_else(pc.equal(joined, ""), pa.scalar(None, ARROW_TEXT), joined))
