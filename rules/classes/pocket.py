"""口袋: a letter of introduction was issued and nobody received it; it has expired, or the member says to hold it.

No rule defines the word; this is the project's reading of the 2016 notice (domain rules §1.3).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.words import tr
from rules.case import Case
from rules.clocks import day_texts
from rules.firings import document_evidence, fill, firings, joined
from rules.letters import open_letters


def letters(case: Case) -> pd.DataFrame:
    """Open letters of the case; case.once(letters)."""
    return open_letters(case.facts.transfers, case.as_of, case.params.pocket.default_valid_days.value)


def find(case: Case) -> pd.DataFrame:
    """Members whose open letter is past its validity (the last valid day is not past it) or declared to be in hand."""
    waiting = case.once(letters)
    waiting = waiting[(waiting["last_valid_day"] < case.today) | waiting["is_declared"]]
    members = case.facts.members
    pocket = members.loc[members["person_id"].isin(waiting.index), ["person_id"]]
    letter = waiting.reindex(pd.Index(pocket["person_id"]))
    if pocket.empty:
        return firings(pocket, message="")
    issued = day_texts(letter["issued_day"].to_numpy(dtype=np.int64))
    until = day_texts(letter["last_valid_day"].to_numpy(dtype=np.int64))
    expired = fill(tr("建议列为口袋：介绍信 {} 开出，有效期至 {}，至 {} 未被接收",
                      "proposed as pocket: letter issued {}, valid until {}, not received by {}"),
                   issued, until, case.as_of.isoformat())  # fmt: skip
    in_hand = fill(tr("建议列为口袋：本人持有 {} 开出的介绍信，未被接收",
                      "proposed as pocket: the member holds a letter issued {}, not received"), issued)  # fmt: skip
    reason = np.where(letter["is_declared"].to_numpy(dtype=bool), in_hand, expired)
    return firings(pocket, message=reason, evidence=joined(document_evidence(letter["letter_no"], reason)))
