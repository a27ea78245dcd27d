# Slides with what was drawn on them, saved or handed out
error-deck-export = The slides could not be put together with what was drawn. Try again.
error-deck-ink = More was drawn and pasted on these slides than one file takes ({ $megabytes } MB). Make pasted pictures smaller, or remove some.
