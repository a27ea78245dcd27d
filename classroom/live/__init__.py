"""Live rooms on real sockets: signalling, the media side, and their clean-up.

`live.Live` is the door that the composition root uses.
"""
