"""Forms that people fill in within a chat: what one is, and whether an answer fits it. Pure."""
