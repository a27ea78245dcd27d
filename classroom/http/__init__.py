"""What is asked by plain HTTP: who somebody is, rooms, seats, health, and the client's pages."""
