"""The rules of the protocol, pure: no await, clock, random, log or environment; those come in as arguments."""
