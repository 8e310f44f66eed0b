"""Only addresses of the public internet are talked to, unless an intranet is allowed."""

import pytest

from bot.knowledge.feed.allowed_peers import public_and_private, public_only

_NEAR = ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "::1", "fd00::1", "::ffff:127.0.0.1"]
_NEVER = [
    "169.254.169.254",
    "fe80::1%eth0",
    "::ffff:169.254.169.254",
    "224.0.0.1",
    "0.0.0.0",  # noqa: S104 - an address to refuse, not to bind
    "2002:a9fe:a9fe::1",
    "64:ff9b::a9fe:a9fe",
]
_PUBLIC = ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e"]


@pytest.mark.parametrize(
    "address", [*_NEAR, *_NEVER, "100.64.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "255.255.255.255"]
)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not public_only(address, "https")


@pytest.mark.parametrize("address", _PUBLIC)
def test_what_is_public_is_read_over_https_alone(address: str) -> None:
    assert public_only(address, "https")
    assert public_and_private(address, "https")
    assert not public_only(address, "http")
    assert not public_and_private(address, "http")


@pytest.mark.parametrize("address", _NEAR)
def test_an_intranet_may_be_allowed(address: str) -> None:
    assert public_and_private(address, "http")


@pytest.mark.parametrize("address", _NEVER)
def test_cloud_metadata_is_never_read(address: str) -> None:
    assert not public_and_private(address, "http")
    assert not public_and_private(address, "https")
