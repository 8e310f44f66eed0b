"""Full attachment objects in the 5.199 form."""

from tests.fakes.vk.wire import JsonObject

SIZES = (("s", 75, 56), ("m", 130, 97), ("x", 604, 453), ("y", 807, 605))


def make_photo(*, number: int, owner_id: int, date: int, url: str) -> JsonObject:
    """Form a photo; `url` gets the size's letter appended."""
    sizes = [{"type": kind, "width": w, "height": h, "url": f"{url}/{kind}.jpg"} for kind, w, h in SIZES]
    return {
        "album_id": -3,
        "date": date,
        "id": number,
        "owner_id": owner_id,
        "access_key": f"key{number}",
        "sizes": sizes,
        "orig_photo": {"type": "base", "width": 807, "height": 605, "url": f"{url}/y.jpg"},
        "text": "",
        "web_view_token": "",
        "has_tags": False,
    }


def make_doc(*, number: int, owner_id: int, date: int, url: str, title: str, size: int) -> JsonObject:
    """Form a document."""
    extension = title.rsplit(".", 1)[-1] if "." in title else "bin"
    return {
        "id": number,
        "owner_id": owner_id,
        "title": title,
        "size": size,
        "ext": extension,
        "date": date,
        "type": {"txt": 1, "pdf": 1, "zip": 2, "gif": 3, "jpg": 4, "png": 4, "mp3": 5, "mp4": 6}.get(extension, 8),
        "url": f"{url}/{title}",
        "is_unsafe": 0,
        "access_key": f"key{number}",
    }


def make_audio_message(*, number: int, owner_id: int, url: str, seconds: int) -> JsonObject:
    """Form a voice message."""
    return {
        "id": number,
        "owner_id": owner_id,
        "duration": seconds,
        "waveform": [0, 5, 12, 31, 20, 7, 0],
        "link_ogg": f"{url}/voice.ogg",
        "link_mp3": f"{url}/voice.mp3",
        "access_key": f"key{number}",
    }


def make_sticker(*, sticker_id: int, url: str) -> JsonObject:
    """Form a sticker."""
    images = [{"url": f"{url}/{side}.png", "width": side, "height": side} for side in (64, 128, 256)]
    return {
        "inner_type": "base_sticker_new",
        "sticker_id": sticker_id,
        "product_id": 1,
        "images": images,
        "images_with_background": images,
        "is_allowed": True,
    }


def make_geo(latitude: float, longitude: float) -> JsonObject:
    """Form a place on the map."""
    return {
        "type": "point",
        "coordinates": {"latitude": latitude, "longitude": longitude},
        "place": {"id": 0, "title": "Москва", "country": "Россия", "city": "Москва", "latitude": latitude,
                  "longitude": longitude, "created": 0, "icon": ""},
    }  # fmt: skip


CLIENT_INFO: JsonObject = {
    "button_actions": [
        "text", "vkpay", "open_app", "location", "open_link", "open_photo", "callback", "intent_subscribe",
        "intent_unsubscribe",
    ],
    "keyboard": True,
    "inline_keyboard": True,
    "carousel": True,
    "lang_id": 0,
}  # fmt: skip
