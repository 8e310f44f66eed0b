"""Questions about what the asker has registered: "my kettle" is the kettle that they own."""

import pytest

from bot.knowledge.products.own import speaks_of_own
from tests.unit.knowledge.products.kettles import kettles


def named(text: str, *owned: str) -> str:
    return kettles().named_own(text, owned, language="ru")


@pytest.mark.parametrize("text", ["сколько весит мой чайник", "у моего", "How much is MY kettle?", "на моём"])
def test_what_is_ones_own_is_recognised(text: str) -> None:
    assert speaks_of_own(text)


@pytest.mark.parametrize("text", ["сколько весит чайник", "кто мойщик", "", "🙂", "myself"])
def test_what_is_nobodys_is_not(text: str) -> None:
    assert not speaks_of_own(text)


@pytest.mark.parametrize(
    ("text", "owned", "meant"),
    [
        ("сколько весит мой чайник", ("gl5",), "сколько весит GL-5"),
        ("сколько весит мой новый чайник?", ("gl5", "t1"), "сколько весит GL-5"),
        ("сколько весит мой?", ("gl5",), "сколько весит GL-5"),
        ("какие фильтры подойдут к моему чайнику", ("k20", "gl5"), "какие фильтры подойдут к K-20 и GL-5"),
        ("чем мой чайник отличается от K-20", ("gl5",), "чем GL-5 отличается от k 20"),
    ],
)
def test_its_name_stands_in_its_place(text: str, owned: tuple[str, ...], meant: str) -> None:
    assert named(text, *owned).replace("-", " ").casefold() == meant.replace("-", " ").casefold()


@pytest.mark.parametrize(
    ("text", "owned"),
    [
        ("сколько весит мой чайник", ()),
        ("сколько весит мой чайник", ("gone",)),
        ("сколько весит мой чайник", ("t1",)),
        ("сколько весит мой?", ("gl5", "t1")),
        ("сколько весит мой GL-5", ("k20",)),
        ("где мой заказ", ("gl5", "t1")),
    ],
)
def test_where_no_thing_is_meant_for_sure_nothing_is_changed(text: str, owned: tuple[str, ...]) -> None:
    assert named(text, *owned) == text
