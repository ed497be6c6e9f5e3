"""What an operator may ask of a running server, through the socket in its data folder: decode, handler, encode."""
