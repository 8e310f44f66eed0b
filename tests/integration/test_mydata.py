"""The file with everything about somebody, on a disk."""

import json
import zipfile
from pathlib import Path

from bot.domain.ids import ChannelName
from bot.domain.job import Job
from bot.domain.members.profile import Profile
from bot.domain.messages import Address
from bot.exports.mydata import MyDataFiles
from bot.services.club.doing import DropMyData
from bot.services.club.privacy import DROP_MY_DATA, Dossier

ANN = Address(ChannelName("vk"), "1", "1")
DOSSIER = Dossier(member=None, profile=Profile(name="Анна"), addresses=[ANN], consents=(), lines=())


async def test_a_file_is_written_and_removed_again(tmp_path: Path) -> None:
    files = MyDataFiles(tmp_path / "mydata", lambda phrase, language: phrase.key)
    path = await files.write(DOSSIER, owner="somebody", language="ru")
    with zipfile.ZipFile(path) as archive:
        assert json.loads(archive.read("mydata.json"))["profile"] == {"name": "Анна"}
    drop = DropMyData(files=files)
    for _ in range(2):  # once more is no harm
        assert await drop(Job(kind=DROP_MY_DATA, address=ANN, args=(str(path),))) == ()
        assert _files(tmp_path) == []
    await files.remove(owner="somebody")
    assert _folders(tmp_path / "mydata") == []


def _files(folder: Path) -> list[Path]:
    return list(folder.rglob("*.zip"))


def _folders(folder: Path) -> list[Path]:
    return list(folder.iterdir())
