"""What makes a product of the protocol: one folder per feature, with its rules, tables, routes and pages."""
