"""A strict fake of the VK API: methods, Bots Long Poll, Callback API, people."""

from tests.fakes.vk.server import FakeVk

__all__ = ["FakeVk"]
