"""Accounts that people own: numbers, proofs, signing in, and the pages for it."""
