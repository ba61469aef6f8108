"""Thresholds of anomalies that entries show only together, and of contact data (domain rules §5.7, §8)."""

from __future__ import annotations

from rules.params.threshold import Section, Threshold


class Anomalies(Section):
    """异常: how many persons share a phone or an address, how many numbers follow each other, how many kinds of sign
    make a cluster (all inclusive)."""

    shared_phone: Threshold
    shared_home: Threshold
    sequence: Threshold
    kinds_of_sign: Threshold


class Evidence(Section):
    """证据: how many independent items of grade B prove together (inclusive)."""

    independent_items: Threshold


class Contact(Section):
    """联系: after how many months without a sign of life a member without a usable phone is a contact task."""

    confirmed_months: Threshold
