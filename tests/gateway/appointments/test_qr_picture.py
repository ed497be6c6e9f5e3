"""A ticket's picture is read back by a reader of QR codes, on a dark screen too."""

from io import BytesIO

import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from amanat.gateway.appointments.qr_picture import qr_picture
from amanat.gateway.appointments.tickets import Ticket, sign

TICKET = sign(
    Ticket(n="PSP-7K4M-92XC", c="timur.foto", t=1_795_500_000, m=1), Ed25519PrivateKey.from_private_bytes(bytes(32))
)


def test_a_reader_reads_the_ticket_on_a_dark_ground() -> None:
    picture = qr_picture(TICKET)
    shown = Image.open(BytesIO(picture.png))
    assert (shown.format, shown.size) == ("PNG", (picture.side, picture.side))
    screen = Image.new("L", (360, 640))
    screen.paste(shown.convert("L").resize((240, 240)), (60, 200))
    (read,) = zxingcpp.read_barcodes(screen)
    assert (read.format, read.text) == (zxingcpp.BarcodeFormat.QRCode, TICKET)


def test_it_is_small_enough_to_need_no_thumbnail() -> None:
    assert len(qr_picture(TICKET).png) < 4096
