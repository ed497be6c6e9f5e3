"""The ledger: third parties read what people allow them through one function, and the people see each read."""
