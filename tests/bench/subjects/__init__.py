"""The servers that the bench measures."""
