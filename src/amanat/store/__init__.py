"""The server's tables: what a row is, how it is found. One file per table family; SQL lives in `sql/`."""
