"""What a bot sells: its catalogue, offers out of it, and orders."""
