"""Thresholds of letters of introduction (domain rules §1.7)."""

from __future__ import annotations

from rules.params.threshold import Section, Threshold


class Transfer(Section):
    """介绍信: the longest validity (inclusive), and until when the receipt comes back (inclusive)."""

    max_valid_days: Threshold
    receipt_months: Threshold
