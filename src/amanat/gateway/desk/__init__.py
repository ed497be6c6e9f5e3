"""The staff's desk: the chats that a flow handed to people, who of the staff may do what, and the pages' HTTP API."""
