"""What people put on boards as whole files: pictures read and made harmless, and where they lie."""
