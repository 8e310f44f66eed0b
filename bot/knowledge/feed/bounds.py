"""Bounds: how much of an offer is kept; what is longer is cut and reported.

They are above the limits of Yandex Market (name 256, description 6000, url 512 or 2048 by the help page).
"""

from bot.domain.actions import LONGEST_PAYLOAD

LONGEST_ID = 120
LONGEST_ID_OF_A_BUTTON = LONGEST_PAYLOAD - 14
"""Bytes; a button carries ``ask.offer:<id>``, and 14 bytes leave room for the name of the action."""

LONGEST_NAME = 300
LONGEST_DESCRIPTION = 6000
LONGEST_URL = 2048
LONGEST_VALUE = 1000
MOST_PICTURES = 30
MOST_PARAMS = 200
MOST_CATEGORIES = 20
MOST_BARCODES = 20
