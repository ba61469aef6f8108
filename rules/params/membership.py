"""Thresholds of the state of a membership (domain rules §1.2, §1.8)."""

from __future__ import annotations

from rules.params.threshold import Section, Threshold


class Membership(Section):
    """党籍: the probation and its extension, and how long a decision about it may be missing.

    probation_months: between admission and conversion, no fewer. extended_months: no more, extension included.
    stale_months: after the end of the probation (exclusive).
    """

    probation_months: Threshold
    extended_months: Threshold
    stale_months: Threshold


class Suspension(Section):
    """停止党籍: how long a membership rests before the next decision is due (inclusive). Begins with a later set."""

    rest_months: Threshold
