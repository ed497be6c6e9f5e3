"""The pages of accounts: signing up, signing in, and everything a person can see and change of their account."""
