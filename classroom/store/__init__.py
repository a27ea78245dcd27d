"""What must survive a restart: rows, behind functions that return plain values."""
