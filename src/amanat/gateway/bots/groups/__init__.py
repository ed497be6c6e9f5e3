"""Groups that bots are in: who is there, what they may, and how they come in."""
