"""A service's own data: its folder, its keys' key, its database. The rows belong to the parts of the gateway."""
