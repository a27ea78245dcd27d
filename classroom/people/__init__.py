"""People: accounts, passwords, the tokens that prove who somebody is, and limits on trying."""
