"""Letters on their way to a mail server: made, sent once, and what became of them."""
