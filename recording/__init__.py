"""Recordings: sealed journals become files that play, while the class goes on.

What reads pictures and sound of people runs in children (`recording.child`), which alone load
FFmpeg's libraries: a crash in native code costs a child, and the class goes on.
"""
