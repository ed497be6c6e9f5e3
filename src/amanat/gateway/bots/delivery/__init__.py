"""How updates reach a bot's webhook, and what its answer asks for."""
