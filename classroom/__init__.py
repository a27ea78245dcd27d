"""The product: people, rooms and what happens in them. Composes the other packages."""

__version__ = "0.1.0"
