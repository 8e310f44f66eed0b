"""The vault: what it hides, what it refuses to read, how keys are changed."""

import base64
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import ConfigurationError, UnsealError
from bot.settings import load_settings
from bot.storage.vault.keys import Key, read_keys
from bot.storage.vault.opening import make_vault
from bot.storage.vault.vault import Vault

OLD = base64.b64encode(bytes(range(32))).decode()
NEW = base64.b64encode(bytes(range(100, 132))).decode()
PHONE = "+79123456789"
PLACE = "member:17:phone"
VAULTS = {"plain": "", "sealed": OLD, "rotated": f"2:{NEW},1:{OLD}"}


@pytest.fixture(params=VAULTS.values(), ids=list(VAULTS))
def vault(request: pytest.FixtureRequest) -> Vault:
    return make_vault(str(request.param))


@pytest.mark.parametrize("value", ["", PHONE, "Анна Ёлкина", "a.b", "plain.", "😀" * 50])
def test_what_is_sealed_is_read_back(vault: Vault, value: str) -> None:
    sealed = vault.seal(value, place=PLACE)
    assert vault.unseal(sealed, place=PLACE) == value
    assert vault.is_current(sealed)


@given(st.text(), st.text())
def test_any_text_is_sealed_and_read_back(value: str, place: str) -> None:
    try:
        (value + place).encode()
    except UnicodeEncodeError:
        return
    vault = make_vault(OLD)
    assert vault.unseal(vault.seal(value, place=place), place=place) == value


def test_a_sealed_value_does_not_show_itself_and_never_repeats() -> None:
    vault = make_vault(OLD)
    sealed = [vault.seal(PHONE, place=PLACE) for _ in range(3)]
    assert vault.is_encrypted
    assert len(set(sealed)) == 3
    assert not any(PHONE[3:] in each or PHONE.encode() in _decoded(each) for each in sealed)


def test_a_sealed_value_moved_elsewhere_is_not_read() -> None:
    vault = make_vault(OLD)
    with pytest.raises(UnsealError):
        vault.unseal(vault.seal(PHONE, place=PLACE), place="member:18:phone")


def test_a_changed_value_is_not_read() -> None:
    vault = make_vault(OLD)
    sealed = vault.seal(PHONE, place=PLACE)
    flipped = [
        sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        for place in range(3, len(sealed) - 1)
    ]
    for broken in (*flipped, sealed[:-4], sealed + "AAAA", "v1.", "v1.*", "v9.AAAA", "nonsense", ""):
        with pytest.raises(UnsealError):
            vault.unseal(broken, place=PLACE)


def test_another_key_reads_nothing() -> None:
    sealed = make_vault(OLD).seal(PHONE, place=PLACE)
    for other in (NEW, f"2:{OLD}", ""):
        with pytest.raises(UnsealError):
            make_vault(other).unseal(sealed, place=PLACE)


def test_changing_the_key_loses_nothing() -> None:
    history = ["", OLD, f"2:{NEW},1:{OLD}"]
    for before, after in pairwise(map(make_vault, history)):
        sealed, known_as = before.seal(PHONE, place=PLACE), before.lookup(PHONE, kind="phone")
        assert after.unseal(sealed, place=PLACE) == PHONE
        assert not after.is_current(sealed)
        assert known_as in after.lookups(PHONE, kind="phone")
        assert known_as != after.lookup(PHONE, kind="phone")


def test_values_are_looked_up_by_a_hash(vault: Vault) -> None:
    found = vault.lookup(PHONE, kind="phone")
    assert found == vault.lookup(PHONE, kind="phone") == vault.lookups(PHONE, kind="phone")[0]
    assert found not in {vault.lookup(PHONE + "0", kind="phone"), vault.lookup(PHONE, kind="email")}
    assert PHONE[3:] not in found
    assert len(found) <= 64


def test_hashes_depend_on_the_key() -> None:
    assert len({make_vault(keys).lookup(PHONE, kind="phone") for keys in ("", OLD, NEW)}) == 3


def test_it_is_told_whether_anything_is_encrypted() -> None:
    assert not make_vault("").is_encrypted
    assert make_vault(OLD).is_encrypted


def test_keys_are_read_in_order() -> None:
    assert read_keys("") == []
    assert read_keys(f" {OLD} ") == [Key(1, bytes(range(32)))]
    assert [key.version for key in read_keys(f"12:{NEW}, 3:{OLD},")] == [12, 3]
    urlsafe = base64.urlsafe_b64encode(b"\xfb\xff" * 16).decode()
    assert read_keys(urlsafe)[0].secret == b"\xfb\xff" * 16


@pytest.mark.parametrize(
    "text",
    ["secret", OLD[:-4], OLD + OLD, f"{OLD},{NEW}", f"1:{OLD},1:{NEW}", f"0:{OLD}", f"x:{OLD}", f":{OLD}", f"1:{OLD}é"],
)
def test_a_wrong_key_is_refused_without_being_shown(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLUBOK_VAULT_KEY", text)
    with pytest.raises(ConfigurationError, match=r"^KLUBOK_VAULT_KEY: .*32 random bytes in base64") as caught:
        load_settings()
    assert text not in str(caught.value)
    assert OLD not in str(caught.value)


def test_keys_are_not_shown_by_accident() -> None:
    (key,) = read_keys(OLD)
    assert str(key.secret) not in repr(key)


def _decoded(sealed: str) -> bytes:
    return base64.urlsafe_b64decode(sealed.partition(".")[2] + "==")
