error-ink-nothing = No screen is being shared.
error-ink-closed = Only the teacher and whoever shares draw now.
