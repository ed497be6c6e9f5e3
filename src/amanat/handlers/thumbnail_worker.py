"""The process that decodes pictures of strangers: it holds no data of ours, writes no file and starts no process.

Run as a script, with nothing of Amanat imported. Orders come on standard input, each a line of JSON and the picture's
bytes; each is answered on standard output by a line of JSON and the thumbnail's bytes.
"""

import io
import json
import os
import resource
import sys
import warnings
from typing import Any, BinaryIO

from PIL import GifImagePlugin, Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

DECODERS = (GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
FORMATS = {"GIF": "image/gif", "JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}

MEMORY_BYTES = 1024 * 1024 * 1024
"""A picture of the most pixels there may be takes 256 MB, and twice more while it is turned into another mode."""
CPU_SECONDS = 10
MAX_RESULT_BYTES = 8 * 1024 * 1024
MAX_PROFILE_BYTES = 16 * 1024

_TURNED = frozenset({5, 6, 7, 8})
"""EXIF orientations that swap width and height."""


class Refused(Exception):
    """There will be no thumbnail of this picture; says `unreadable` or `too_large`."""


def thumbnail(data: bytes, *, width: int, height: int, crop: bool, max_pixels: int) -> tuple[str, bytes]:
    """Return a content type and the bytes; no bytes mean that the picture itself is small enough.

    A `width` and `height` of 0 mean the picture's own. A moving picture becomes its first frame.
    """
    with Image.open(io.BytesIO(data), formats=list(FORMATS)) as picture:
        if picture.width * picture.height > max_pixels:
            raise Refused("too_large")
        moves = bool(getattr(picture, "is_animated", False))
        turned = picture.getexif().get(0x0112) in _TURNED
        wanted = (height, width) if turned else (width, height)
        if not any(wanted):
            wanted = picture.size
        if not moves and picture.width <= wanted[0] and picture.height <= wanted[1]:
            return FORMATS[picture.format or ""], b""
        return _encoded(_shrunk(picture, wanted, crop=crop))


def _shrunk(picture: Image.Image, wanted: tuple[int, int], *, crop: bool) -> Image.Image:
    # A JPEG can be decoded at a half, a quarter or an eighth for a fraction of the work.
    picture.draft(None, _covering(picture.size, wanted, crop=crop))
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    orientation = picture.getexif().get(0x0112)
    box = _middle(picture.size, wanted) if crop else (0, 0, *picture.size)
    seen = (box[2] - box[0], box[3] - box[1])
    factor = min(1.0, wanted[0] / seen[0], wanted[1] / seen[1])
    size = (max(1, round(seen[0] * factor)), max(1, round(seen[1] * factor)))
    small = picture.convert(mode).resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
    if orientation is not None:
        small.getexif()[0x0112] = orientation
        small = ImageOps.exif_transpose(small)
    small.info = {"icc_profile": profile} if profile and len(profile) <= MAX_PROFILE_BYTES else {}
    return small


def _covering(size: tuple[int, int], wanted: tuple[int, int], *, crop: bool) -> tuple[int, int]:
    """Return how large the whole picture must be at least, for what is wanted of it to be sharp."""
    ratios = (wanted[0] / size[0], wanted[1] / size[1])
    factor = max(ratios) if crop else min(ratios)
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _middle(size: tuple[int, int], wanted: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return the largest box in the middle that has the wanted shape."""
    width = min(size[0], size[1] * wanted[0] / wanted[1])
    height = min(size[1], size[0] * wanted[1] / wanted[0])
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    return left, top, left + width, top + height


def _encoded(small: Image.Image) -> tuple[str, bytes]:
    """Encode without the original's metadata: where a photo was taken is nobody's business."""
    written, profile = io.BytesIO(), small.info.get("icc_profile")
    if small.mode == "RGBA":
        small.save(written, "PNG", icc_profile=profile)
    else:
        small.save(written, "JPEG", quality=82, optimize=True, icc_profile=profile)
    if written.tell() > MAX_RESULT_BYTES:
        raise Refused("too_large")
    return ("image/png" if small.mode == "RGBA" else "image/jpeg"), written.getvalue()


def answer(order: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Carry out an order; whatever a decoder raises is the picture's fault."""
    try:
        kind, made = thumbnail(data, **order)
    except Refused as refused:
        return {"refusal": str(refused), "size": 0}, b""
    except MemoryError:
        return {"refusal": "too_large", "size": 0}, b""
    except Exception:
        return {"refusal": "unreadable", "size": 0}, b""
    return {"content_type": kind, "size": len(made)}, made


def confine() -> None:
    """Give up whatever decoding does not need."""
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 16,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))
    os.nice(10)


def allow_cpu() -> None:
    """Let the next order take so much time of the processor and no more: past it the kernel ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, resource.RLIM_INFINITY))


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Carry out orders until there are no more."""
    Image.MAX_IMAGE_PIXELS = None  # The order says how many; frames of a picture are no larger than it.
    warnings.simplefilter("ignore")
    while line := orders.readline():
        order = json.loads(line)
        data = orders.read(order.pop("size"))
        allow_cpu()
        head, made = answer(order, data)
        answers.write(json.dumps(head).encode() + b"\n" + made)
        answers.flush()


if __name__ == "__main__":
    confine()
    serve(sys.stdin.buffer, sys.stdout.buffer)
