"""Thresholds of what an entry says of itself: dates of admission, employers (domain rules §1.8, §8)."""

from __future__ import annotations

from rules.params.threshold import Section, Threshold


class Admission(Section):
    """Dates of admission that cannot be."""

    min_age_years: Threshold


class Employer(Section):
    """When an employer's name is specific enough to say that the register does not know it."""

    min_specific_characters: Threshold
