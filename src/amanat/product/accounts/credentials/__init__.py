"""What keeps an account its owner's: PIN, passkeys, recovery key, and notices of every use of them."""
