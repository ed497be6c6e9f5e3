"""Menu conversations that a clerk writes: read from a folder, refused with a line and a sentence, and run. Pure."""
