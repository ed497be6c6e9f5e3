"""A shop's things."""

from amanat.gateway.bots.shop.model import Offer, Picture, Price, Product, Shelf

COFFEE = Product(
    id="KOPI",
    number=1,
    title="Kopi <panas>",
    about="Arabika",
    price=Price(1_500_000, "IDR", 2),
    url="https://toko.example/kopi",
    picture=Picture({"url": "mxc://localhost/kopi"}, "image/png", 12),
)
TEA = Product(id="TEH", number=2, title="Teh", price=Price(999, "USD", 2))
USED = Product(
    id="KAMERA",
    number=4,
    title="Kamera",
    price=TEA.price,
    details={"brand": "Kodak", "condition": "used", "color": "merah"},
)
GONE = Product(id="SUSU", number=3, title="Susu", price=Price(500, "JPY", 0), available=False)
OFFER = Offer(catalogue="777", shelves=(Shelf("Minuman", (COFFEE, TEA)), Shelf("", (GONE,))), can_order=True)
