"""Files that the platform stores: what a photo, a document, a voice message looks like."""

import struct
from dataclasses import dataclass, field

from tests.fakes.telegram.shapes import ApiError, Json, Request, Upload, bad_request, violation

DOWNLOAD_LIMIT = 20 * 2**20
UPLOAD_LIMIT = 50 * 2**20
PHOTO_LIMIT = 10 * 2**20

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\xdac\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82"
)
"""A picture of one point."""
IMAGE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file by its file_id; `kind` is photo, document, voice, sticker, video or audio."""

    file_id: str
    kind: str
    name: str
    mime: str
    content: bytes = field(repr=False)
    folder: str = "documents"

    @property
    def path(self) -> str:
        """Name the path for a download."""
        return f"{self.folder}/{self.file_id}_{self.name}"

    def body(self) -> Json:
        """Write what all file objects share."""
        unique = f"U{self.file_id[-10:]}"
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": len(self.content)}

    def document(self) -> Json:
        """Write the Document object."""
        return {**self.body(), "file_name": self.name, "mime_type": self.mime}

    def photo(self) -> list[Json]:
        """Write the sizes of a photo, smallest first."""
        width, height = image_size(self.content)
        small = {**self.body(), "file_id": f"{self.file_id}s", "width": min(width, 90), "height": min(height, 90)}
        return [small, {**self.body(), "width": width, "height": height}]


class FileStore:
    """All files, both ways."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, StoredFile] = {}
        self.broken_links: set[str] = set()
        """URLs that the platform fails to download when the bot sends them."""

    def add(self, kind: str, content: bytes, *, name: str, mime: str = "application/octet-stream") -> StoredFile:
        """Store a file."""
        number = len(self._files) + 1
        folder = f"{kind}s" if kind != "voice" else kind
        stored = StoredFile(
            file_id=f"{kind[:2].upper()}AC{number:010d}",
            kind=kind,
            name=name,
            mime=mime,
            content=content,
            folder=folder,
        )
        self._files[stored.file_id] = self._paths[stored.path] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """Find a file by file_id; a small size of a photo is its photo."""
        return self._files.get(file_id) or self._files.get(file_id.removesuffix("s"))

    def at(self, path: str) -> StoredFile | None:
        """Find a file by the path that getFile gave."""
        return self._paths.get(path)

    def take(self, request: Request, kind: str, source: str) -> StoredFile:
        """Resolve what the bot sends: attach://, the name of a file field, a file_id or a URL.

        Raises: ApiError
        """
        upload = request.files.get(source.removeprefix("attach://")) if source.startswith("attach://") else None
        if upload is not None:
            return self._uploaded(kind, upload)
        if source.startswith(("http://", "https://")):
            return self._linked(kind, source)
        stored = self.find(source)
        if stored is None:
            text = "wrong file identifier/HTTP URL specified" if source else f"there is no {kind} in the request"
            raise violation(text)
        if stored.kind != kind:
            raise violation(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored

    def _uploaded(self, kind: str, upload: Upload) -> StoredFile:
        check_upload(kind, upload.content)
        return self.add(kind, upload.content, name=upload.name or "file", mime=upload.content_type)

    def _linked(self, kind: str, url: str) -> StoredFile:
        if url in self.broken_links:
            raise bad_request("failed to get HTTP URL content")
        return self.add(kind, PNG, name=url.rsplit("/", 1)[-1] or "file", mime="image/png")


def check_upload(kind: str, content: bytes) -> None:
    """Refuse an empty, too big or broken file.

    Raises: ApiError
    """
    if not content:
        raise violation("file must be non-empty")
    if len(content) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large", is_violation=True)
    if kind != "photo":
        return
    if len(content) > PHOTO_LIMIT:
        raise violation("file is too big for a photo")
    if not content.startswith(IMAGE_STARTS) and content[8:12] != b"WEBP":
        raise violation("IMAGE_PROCESS_FAILED")
    width, height = image_size(content)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise violation("PHOTO_INVALID_DIMENSIONS")


def image_size(content: bytes) -> tuple[int, int]:
    """Measure a PNG; other pictures are taken for 800 by 600."""
    if content.startswith(b"\x89PNG") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    return 800, 600
