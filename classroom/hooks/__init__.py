"""Signed messages to other systems: what they say, whom they may reach, how they are sent."""
