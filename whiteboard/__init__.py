"""The whiteboard: page documents, the gate in front of them, live boards. Knows no rooms, sockets or media."""
