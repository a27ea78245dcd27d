"""Courseware: files become pages. What reads somebody's bytes runs in a process of its own; the
package knows no rooms, boards or web."""
