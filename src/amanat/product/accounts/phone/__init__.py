"""Phone numbers: the codes that prove who holds one, what bounds the sending of them, and whose number it is."""
