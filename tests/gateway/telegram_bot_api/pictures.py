"""A picture to send."""

from io import BytesIO

from PIL import Image


def picture() -> bytes:
    """Return a small PNG."""
    held = BytesIO()
    Image.new("RGB", (4, 3)).save(held, "PNG")
    return held.getvalue()
