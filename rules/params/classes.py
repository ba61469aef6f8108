"""Thresholds of the five classes and of the duties beside them (domain rules §1.1-1.5)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from data.words import tr
from rules.params.threshold import Choice, Section, Threshold


class AwayClock(Choice):
    """From when the months away are counted.

    `absence`: from leaving. `attendance`: from leaving or the last time at the formal branch, whichever is later.
    """

    value: Literal["absence", "attendance"]


class Floating(Section):
    """流动: months away from the branch that holds the formal relation (inclusive), and what interrupts them."""

    away_months: Threshold
    clock: AwayClock


class Lost(Section):
    """失联: the clock, and the search that must have failed. The class begins with the 2016 check."""

    clock_months: Threshold
    min_attempts: Threshold
    min_channels: Threshold

    @model_validator(mode="after")
    def _an_attempt_uses_one_channel(self) -> Self:
        if self.min_attempts.value < self.min_channels.value:
            raise ValueError(tr("查找次数不能少于方式数", "there cannot be fewer attempts than channels"))
        return self


class Pocket(Section):
    """口袋: validity of a letter of introduction that states none."""

    default_valid_days: Threshold


class Normal(Section):
    """正常过组织生活: the longest gap (exclusive)."""

    max_gap_months: Threshold


class Retention(Section):
    """毕业生组织关系留校: the longest time after graduation (exclusive)."""

    school_years: Threshold


class Abroad(Section):
    """出国(境)学习: how often there is contact (inclusive), and after how long the membership rests (exclusive)."""

    contact_months: Threshold
    study_years: Threshold
