"""Both bot APIs over a conversation in memory, for people who write bots and test them: `amanat fake`."""
