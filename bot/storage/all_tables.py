"""Every table there is: what migrations are compared with."""

from sqlalchemy import MetaData

from bot.storage import tables
from bot.storage.members import tables as member_tables

ROOMS = (tables, member_tables)
"""Modules that describe tables; importing them is what makes the tables known."""

metadata: MetaData = tables.metadata
