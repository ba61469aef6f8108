"""Thresholds of forming organisations and of the campaign's coverage (domain rules §2)."""

from __future__ import annotations

from rules.params.threshold import Section, Threshold


class Forming(Section):
    """Who may have a branch, how many units share one, whom a branch can still take in, who gets an instructor."""

    min_formal: Threshold
    max_units: Threshold
    max_members: Threshold
    instructor_staff: Threshold
