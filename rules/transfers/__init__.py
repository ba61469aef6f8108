"""Transfers of the formal relation: the letter's states, what goes wrong with it, and who counts the member."""
