"""Three telling params."""

from bot.domain.catalogue import Catalogue, Offer, Param
from bot.domain.telling import Shelves


def kettle(number: int, *, colour: str = "белый", group: str = "") -> Offer:
    return Offer(
        id=f"k{number}{colour}",
        name=f"K-{number}",
        category_ids=("1",),
        group_id=group,
        params=(
            Param("Тип", "чайник"),
            Param("Цвет", colour),
            Param("Объём", str(number), "л"),
            Param("Мощность", str(1000 * number), "Вт"),
            Param("Подсветка", "Есть" if number % 2 else "Нет"),
        ),
    )


def names(offers: list[Offer], offer: Offer) -> list[str]:
    shelves = Shelves(Catalogue(offers={one.id: one for one in offers}))
    return [param.name for param in shelves.telling_params(offer)]


def test_params_that_differ_on_the_shelf_come_in_the_order_of_the_feed() -> None:
    offers = [kettle(number) for number in range(1, 5)]
    assert names(offers, offers[0]) == ["Объём", "Мощность", "Подсветка"]


def test_what_tells_variants_apart_does_not_tell_the_product() -> None:
    offers = [kettle(n, colour=colour, group=f"g{n}") for n in range(1, 5) for colour in ("белый", "чёрный")]
    assert "Цвет" not in names(offers, offers[0])


def test_lonely_or_bare_offer_has_what_it_has() -> None:
    assert len(names([kettle(1)], kettle(1))) == 3
    bare = Offer(id="b", name="b")
    assert names([bare], bare) == []
