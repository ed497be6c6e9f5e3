"""The Matrix Client-Server API: decode, call a handler, encode. One module per specification file."""
