"""The `amanat` command: thin; it reads arguments and calls the application."""
