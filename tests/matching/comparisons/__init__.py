"""Tests of matching.comparisons."""
