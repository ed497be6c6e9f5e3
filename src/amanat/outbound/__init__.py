"""Everything the server calls: deadlines, no private addresses."""
