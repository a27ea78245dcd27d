"""Writes a live room down, as far as each person agreed."""
