"""What `make bench` runs: servers as processes, loaded over HTTP, their figures side by side in one table."""
