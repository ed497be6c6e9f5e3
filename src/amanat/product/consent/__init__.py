"""Consent: policies in both languages, and what each person chose. Only an optional feature asks for a choice."""
