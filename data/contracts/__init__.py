"""What shape is it? One named table per hand-over, one list of fields per feed."""
