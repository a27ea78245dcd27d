"""The live room as a core: commands in, events out; no socket, no clock, no media.

`room.Room` is the door; what performs its decisions is `classroom.live`.
"""
