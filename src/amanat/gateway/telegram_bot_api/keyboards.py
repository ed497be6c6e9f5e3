"""`reply_markup`: what stands under a message, checked as Telegram does, and as choices that any app can show. Pure.

Source: core.telegram.org/bots/api#inlinekeyboardmarkup, #replykeyboardmarkup.
"""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.bots.model import Choice, Wanted
from amanat.gateway.telegram_bot_api.errors import NOT_AVAILABLE, BadRequest
from amanat.gateway.telegram_bot_api.fields import Fields

MAX_DATA: Final = 64
"""Of `callback_data`, in bytes."""
MAX_BUTTONS: Final = 100
MAX_LABEL: Final = 256
"""In characters. Telegram shows fewer; nothing that is read as a button is longer."""

_MARKUP: Final = "object expected as reply markup"
_INLINE: Final = "can't parse inline keyboard button: "
_REPLY: Final = "can't parse keyboard button: "
_URLS: Final = ("http://", "https://", "tg://", "mailto:", "tel:")


class Keyboard(Struct, frozen=True):
    """What stands under a message: choices for people, and for bots the inline keyboard as it was given."""

    choices: tuple[Choice, ...] = ()
    inline: tuple[tuple[dict[str, Any], ...], ...] = ()


def keyboard_of(fields: Fields) -> Keyboard:
    """Return what a call wants under its message; raises `BadRequest`."""
    markup = fields.mapping("reply_markup", _MARKUP)
    if not markup:
        return Keyboard()
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline_keyboard")
        buttons = tuple(tuple(_inline_button(button) for button in row) for row in rows)
        return Keyboard(tuple(_choice(button) for row in buttons for button in row), tuple(r for r in buttons if r))
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], "keyboard")
        return Keyboard(tuple(_key(button) for row in rows for button in row))
    if "remove_keyboard" in markup or "force_reply" in markup:
        return Keyboard()
    raise BadRequest(_MARKUP)


def _rows(value: Any, name: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise BadRequest(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in value):
        raise BadRequest(f'field "{name}" must be an Array of Arrays')
    if sum(len(row) for row in value) > MAX_BUTTONS:
        raise BadRequest("reply markup is too long")
    return value


def _inline_button(button: Any) -> dict[str, Any]:
    """Check a button; exactly one thing happens when it is pressed."""
    if not isinstance(button, Mapping):
        raise BadRequest(f"{_INLINE}expected an Object")
    label = _text(button, _INLINE)
    login = button.get("login_url")
    url = login.get("url") if isinstance(login, Mapping) else button.get("url")
    if url:
        return {"text": label, "url": _url(url)}
    if "callback_data" in button:
        return {"text": label, "callback_data": _data(button["callback_data"])}
    if any(name in button for name in ("web_app", "switch_inline_query", "callback_game", "pay", "copy_text")):
        raise BadRequest(NOT_AVAILABLE)
    raise BadRequest(f"{_INLINE}Text buttons are unallowed in the inline keyboard")


def _key(button: Any) -> Choice:
    """Return a reply keyboard's button, which says its words, or shares what it asks for."""
    if isinstance(button, str) and button.strip():
        return Choice(label=button.strip()[:MAX_LABEL])
    if isinstance(button, Mapping):
        return Choice(label=_text(button, _REPLY), wants=_wanted(Fields(button)))
    raise BadRequest(f'{_REPLY}field "text" must be of type String')


def _wanted(button: Fields) -> Wanted:
    if button.flag("request_contact"):
        return "phone"
    return "place" if button.flag("request_location") else ""


def _text(button: Mapping[str, Any], refusal: str) -> str:
    label = button.get("text")
    if not isinstance(label, str):
        raise BadRequest(f'{refusal}field "text" must be of type String')
    if not label.strip():
        raise BadRequest("inline keyboard button text must be non-empty" if refusal is _INLINE else "text is empty")
    return label.strip()[:MAX_LABEL]


def _url(value: Any) -> str:
    url = str(value).strip()
    if "." in url and "://" not in url and not url.startswith(_URLS):
        url = f"http://{url}"
    if not url.startswith(_URLS) or any(character.isspace() for character in url) or len(url) > 2048:
        raise BadRequest(f"inline keyboard button URL '{url[:200]}' is invalid: Wrong HTTP URL")
    return url


def _data(value: Any) -> str:
    data = value if isinstance(value, str) else str(value)
    if not 1 <= len(data.encode()) <= MAX_DATA:
        raise BadRequest("BUTTON_DATA_INVALID")
    return data


def _choice(button: Mapping[str, Any]) -> Choice:
    return Choice(label=button["text"], data=button.get("callback_data", ""), url=button.get("url", ""))
