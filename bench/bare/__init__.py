"""The bare stack: what uvicorn, uvloop, httptools, msgspec and SQLite or asyncpg do without a homeserver."""
