"""What a bot's request says: text with entities out of parse mode or entities, limits, and keyboards."""

from __future__ import annotations

from collections.abc import Callable

from tests.helpers.bot_api import errors
from tests.helpers.bot_api.entities import (
    check_entities,
    detect_entities,
    drop_inside_code,
    normal_url,
    trim,
    utf16_length,
)
from tests.helpers.bot_api.errors import Json, bad_request
from tests.helpers.bot_api.markup import MarkupError, parse_html
from tests.helpers.bot_api.records import User

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
_DATA_BYTES = 64
_MAX_BUTTONS = 100
_ACTIONS = frozenset(
    [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ]
)
FindUser = Callable[[int], User | None]


def read_text(
    params: Json,
    find_user: FindUser,
    *,
    field: str = "text",
    entities_field: str = "entities",
    limit: int = TEXT_LIMIT,
) -> tuple[str, list[Json]]:
    """The text a reader sees and its entities, offsets in UTF-16 units.

    Raises:
        ApiError: 400 when markup or entities are wrong, or the text is too long; it may be empty.
    """
    text, given = params.get(field, ""), params.get(entities_field, [])
    mode = params.get("parse_mode")
    if mode is not None:
        text, given = _parse(text, mode)
    else:
        check_entities(text, given)
    text, given = trim(text, given)
    if utf16_length(text) > limit:
        raise bad_request(errors.TOO_LONG if limit == TEXT_LIMIT else errors.CAPTION_TOO_LONG)
    known = [entity for entity in (_known(entity, find_user) for entity in given) if entity]
    return text, detect_entities(text, drop_inside_code(known))[:ENTITY_LIMIT]


def _parse(text: str, mode: str) -> tuple[str, list[Json]]:
    if mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return parse_html(text)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _known(entity: Json, find_user: FindUser) -> Json | None:
    """An entity as it is kept; links to nowhere and to unknown people are dropped without a word."""
    if entity["type"] == "text_link":
        url = normal_url(entity.get("url") or "")
        return {**entity, "url": url} if url else None
    if entity["type"] == "text_mention":
        user = find_user((entity.get("user") or {}).get("id", 0))
        return {**entity, "user": user.json()} if user else None
    return entity


def check_keyboard(markup: Json | None) -> Json | None:
    """The reply markup, as it is kept.

    Raises:
        ApiError: 400 on a button that Telegram refuses.
    """
    rows = (markup or {}).get("inline_keyboard")
    if rows is None:
        return markup
    buttons = [button for row in rows for button in row]
    if len(buttons) > _MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not _ACTIONS & button.keys():
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= _DATA_BYTES:
        raise bad_request(errors.BUTTON_DATA)
    url = button.get("url")
    if url is not None and normal_url(url) is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
