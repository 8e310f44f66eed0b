"""aiogram is loaded without what nobody uses."""

import subprocess
import sys

import pytest

SCRIPT = """
import sys
{before}
import bot.channels.telegram.channel
from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup, Message
from pydantic import BaseModel
SendMessage(chat_id=1, text="a", reply_markup=InlineKeyboardMarkup(inline_keyboard=[]))
class Later(BaseModel):
    known: "Known"
class Known(BaseModel):
    pass
Later.model_rebuild()
Later(known=Known())
sys.exit(Message.__pydantic_complete__)
"""


@pytest.mark.parametrize(("before", "is_whole"), [("", False), ("import aiogram", True)])
def test_only_what_is_used_is_built_unless_somebody_loaded_it_before(before: str, *, is_whole: bool) -> None:
    script = SCRIPT.format(before=before)
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == int(is_whole)
