"""Which place is meant? Small tables of divisions and townships with their sources, and how to ask them."""
