"""How much may be sent to one peer, when, and how much a peer may send to us."""
