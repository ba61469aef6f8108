"""Checks of the house: run by `make check`, never imported by the project."""
