"""Sizes of thumbnails: few, and never smaller than asked for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.errors import InvalidParam
from amanat.core.thumbnails import CROPS, SCALES, WHOLE, variant_for

SIZES = st.integers(1, 5000)


@settings(max_examples=200)
@given(width=SIZES, height=SIZES, method=st.sampled_from(["crop", "scale"]))
def test_a_thumbnail_covers_what_is_asked_for(width: int, height: int, method: str) -> None:
    variant = variant_for(width=width, height=height, method=method)
    assert variant in (*CROPS, *SCALES, WHOLE)
    assert variant == WHOLE or (variant.width >= width and variant.height >= height and variant.method == method)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ((32, 32, "crop"), "crop-32x32"),
        ((33, 33, "crop"), "crop-96x96"),
        ((96, 96, "crop"), "crop-96x96"),
        ((128, 128, "crop"), "crop-256x256"),
        ((320, 240, "crop"), "crop-320x240"),
        ((300, 225, "crop"), "crop-320x240"),
        ((1, 1, "scale"), "scale-320x240"),
        ((320, 240, "scale"), "scale-320x240"),
        ((321, 240, "scale"), "scale-640x480"),
        ((800, 600, "scale"), "scale-800x600"),
        ((801, 600, "scale"), "scale-0x0"),
        ((4000, 4000, "crop"), "scale-0x0"),
    ],
)
def test_the_closest_size_is_chosen(asked: tuple[int, int, str], name: str) -> None:
    assert variant_for(width=asked[0], height=asked[1], method=asked[2]).name == name


@pytest.mark.parametrize(("width", "height", "method"), [(0, 1, "crop"), (1, -1, "scale"), (1, 1, "stretch")])
def test_nonsense_is_refused(width: int, height: int, method: str) -> None:
    with pytest.raises(InvalidParam):
        variant_for(width=width, height=height, method=method)
