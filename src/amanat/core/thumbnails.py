"""Which thumbnails there are: few for each picture. Pure; spec: client-server-api#thumbnails."""

from typing import Final

from msgspec import Struct

from amanat.core.errors import InvalidParam

SOURCES: Final = frozenset({"image/png", "image/apng", "image/jpeg", "image/webp", "image/gif"})
"""What is thumbnailed at all. An encrypted file is none of these, whatever is inside."""
MAX_SOURCE_BYTES: Final = 32 * 1024 * 1024
MAX_PIXELS: Final = 64_000_000
"""What the largest common phone camera takes, decoded in 256 MB."""


class Variant(Struct, frozen=True):
    """One size in which a picture is kept. `width` and `height` of 0 mean its own."""

    method: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """Name it in rows and files."""
        return f"{self.method}-{self.width}x{self.height}"


WHOLE: Final = Variant("scale", 0, 0)

# The specification's, and two squares above 96: avatars are asked for in up to three times their size on the screen.
CROPS: Final = tuple(
    Variant("crop", *size) for size in ((32, 32), (96, 96), (256, 256), (640, 640), (320, 240), (640, 480), (800, 600))
)
SCALES: Final = tuple(Variant("scale", *size) for size in ((320, 240), (640, 480), (800, 600)))


def variant_for(*, width: int, height: int, method: str) -> Variant:
    """Return the smallest variant that covers what is asked for; of crops, the one closest in shape."""
    if method not in ("crop", "scale"):
        raise InvalidParam("`method` must be crop or scale.")
    if width <= 0 or height <= 0:
        raise InvalidParam("`width` and `height` must be more than 0.")
    listed = CROPS if method == "crop" else SCALES
    covering = [variant for variant in listed if variant.width >= width and variant.height >= height]
    shape = width / height
    return min(
        covering,
        key=lambda variant: (
            abs(variant.width / variant.height - shape) if method == "crop" else 0,
            variant.width * variant.height,
        ),
        default=WHOLE,
    )
