# Lessons that were held, and their reports.

error-lesson-unknown = This lesson is not here. It went with its room, or it belongs to somebody else.
