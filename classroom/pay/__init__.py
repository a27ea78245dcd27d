"""Ways to be paid: by hand, or through a payment company."""
