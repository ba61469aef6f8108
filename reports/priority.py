"""Which question first? Harm of a wrong answer, then doubt, then strength: one number from 0 to 1000."""

from __future__ import annotations

import pandas as pd

from data.model import EvidenceGrade, FeedKind, PrimaryClass

#: Harm of a wrong answer, 0 to 1. Striking a member out is worst; a match of a claim may lead to that, one of a roster
#: record to a wrong workplace only.
RISK_FALSE_ENTRY = {str(EvidenceGrade.A): 1.0, str(EvidenceGrade.B): 0.9, str(EvidenceGrade.C): 0.7}
RISK_CLASS = {str(PrimaryClass.LOST): 0.9, str(PrimaryClass.POCKET): 0.6, str(PrimaryClass.HIDDEN): 0.6}
RISK_CONFLICT = 0.8
#: Two people taken for one: whatever is found out about one of them is written to both.
RISK_CLUSTER = 0.7
RISK_MATCH = {str(FeedKind.CLAIMS): 0.5, str(FeedKind.MEMBER_ROSTER): 0.3}

#: How much of the answer the evidence already is.
WEIGHT_OF_EVIDENCE = {str(EvidenceGrade.A): 1.0, str(EvidenceGrade.B): 0.5, str(EvidenceGrade.C): 0.0}


def priority(risk: pd.Series, doubt: pd.Series, weight: pd.Series) -> pd.Series:
    """0 to 1000: round(500 risk + 300 doubt + 200 weight), each of the three between 0 and 1.

    risk: the tables above. doubt: `ambiguity`; two contradicting records are as doubtful as can be, a finding is not.
    weight: the probability that some candidate matches; of a finding WEIGHT_OF_EVIDENCE; else 0.
    """
    return (500 * risk + 300 * doubt + 200 * weight).round().astype("int64")


def ambiguity(bits: pd.Series) -> pd.Series:
    """Doubt of a choice among candidates and "none of them", from its entropy in bits: 1 - |bits - 1|, not under 0.

    2**bits is the effective number of plausible answers: one needs no analyst, two is what a look at both decides,
    and with four or more the records say too little for a quick answer.
    """
    return (1 - (bits - 1).abs()).clip(lower=0)
