"""What answers a flow's calls: other systems, over HTTP or in a database, as `connectors.toml` of a service says."""
