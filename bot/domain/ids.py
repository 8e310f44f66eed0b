"""Identifier types, so that one kind of id never passes for another."""

from typing import NewType

ChannelName = NewType("ChannelName", str)
"""A platform adapter: ``console``, later ``telegram`` and ``vk``."""

ContactId = NewType("ContactId", int)
"""Pseudonymous: somebody who writes to us in one chat. Says nothing about who it is."""

TranscriptId = NewType("TranscriptId", int)
"""One row of the log; grows with time."""
