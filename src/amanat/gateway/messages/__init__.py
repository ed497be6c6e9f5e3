"""How a flow speaks Matrix: what it says as the content of messages, and what people send as what it hears. Pure."""
