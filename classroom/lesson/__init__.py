"""What a lesson was, told from its log: who was there, who spoke, who answered what."""
