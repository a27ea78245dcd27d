"""The whiteboard: page documents, the gate before them, live boards. Knows no rooms or sockets."""
