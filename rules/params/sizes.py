"""Thresholds of statistical size classes by sector (domain rules §6): staff in persons, money in ten thousand yuan."""

from __future__ import annotations

from rules.params.threshold import Section, Threshold


class Cuts(Section):
    """The least value of one measure in each class; under `small` an enterprise is micro. All bounds are inclusive."""

    large: Threshold
    medium: Threshold
    small: Threshold


class Sector(Section):
    """The measures that count in a sector; the class is the lowest that any of them gives."""

    staff: Cuts | None = None
    revenue: Cuts | None = None
    assets: Cuts | None = None


class Sizes(Section):
    """工信部联企业〔2011〕300号, one field a sector of its list."""

    agriculture: Sector
    industry: Sector
    construction: Sector
    wholesale: Sector
    retail: Sector
    transport: Sector
    storage: Sector
    post: Sector
    lodging: Sector
    catering: Sector
    information: Sector
    software: Sector
    real_estate: Sector
    property: Sector
    leasing: Sector
    other: Sector

    def sectors(self) -> dict[str, Sector]:
        """Every sector by name, in the order of the list."""
        return {name: sector for name, sector in self if isinstance(sector, Sector)}
