"""Methods that say, change or take back something in a chat."""

from __future__ import annotations

import mimetypes
import time
from collections.abc import Callable, Mapping
from typing import Any

from telegram.constants import ReactionEmoji

from tests.helpers.bot_api import errors
from tests.helpers.bot_api.errors import Json, bad_request
from tests.helpers.bot_api.formatting import CAPTION_LIMIT, check_keyboard, read_text
from tests.helpers.bot_api.records import Chat, Message, StoredFile, Version
from tests.helpers.bot_api.state import GENERAL_TOPIC, Action, State

Handler = Callable[[State, Json], Any]

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_REACTIONS = frozenset(str(emoji.value) for emoji in ReactionEmoji)


def _html(params: Json, field: str = "text") -> str | None:
    return params.get(field) if str(params.get("parse_mode", "")).lower() == "html" else None


def _new_message(state: State, params: Json, **content: Any) -> Message:
    """A message of the bot in the right topic, as a reply when it is one."""
    chat = state.open_chat(params["chat_id"])
    topic = state.find_topic(chat, params.get("message_thread_id"))
    reply_to, quote = state.find_reply(chat, params.get("reply_parameters"))
    if topic is None and reply_to is not None and reply_to.chat is chat and reply_to.topic is not None:
        topic = state.find_topic(chat, reply_to.topic.id)
    message = Message(
        chat=chat,
        id=0,
        sender=None if chat.type == "channel" else state.bot,
        from_bot=True,
        reply_to=reply_to,
        quote=quote,
        topic=topic,
        thread_id=thread_root(chat, reply_to),
        reply_markup=check_keyboard(params.get("reply_markup")),
        link_preview_options=params.get("link_preview_options"),
        params=params,
        **content,
    )
    message.id = chat.take_id()
    state.drafts = {key: texts for key, texts in state.drafts.items() if key[0] != chat.id}
    return state.store(message)


def thread_root(chat: Chat, reply_to: Message | None) -> int | None:
    """The id of a reply thread, which plain supergroups have without being forums."""
    if chat.type != "supergroup" or chat.is_forum or reply_to is None:
        return None
    return reply_to.thread_id or reply_to.id


def _send_message(state: State, params: Json) -> Json:
    state.open_chat(params["chat_id"])
    text, entities = read_text(params, state.users.get)
    if not text:
        raise bad_request(errors.TEXT_EMPTY)
    return _new_message(state, params, text=text, entities=entities, html=_html(params)).json()


def _send_draft(state: State, params: Json) -> bool:
    chat = state.open_chat(params["chat_id"])
    if chat.type != "private" or not params["draft_id"]:
        raise bad_request("TEXTDRAFT_PEER_INVALID")
    text, _ = read_text(params, state.users.get)
    state.drafts.setdefault((chat.id, params["draft_id"]), []).append(text)
    state.updates.changed.notify()
    return True


def _send_document(state: State, params: Json) -> Json:
    state.open_chat(params["chat_id"])
    caption, entities = read_text(
        params, state.users.get, field="caption", entities_field="caption_entities", limit=CAPTION_LIMIT
    )
    document = _document(state, params["document"])
    html = _html(params, "caption")
    return _new_message(state, params, caption=caption, entities=entities, html=html, document=document).json()


def _document(state: State, given: str | tuple[str, bytes]) -> StoredFile:
    if isinstance(given, str):
        if given not in state.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return state.files[given]
    name, data = given
    if not data:
        raise bad_request(errors.FILE_EMPTY)
    return state.add_file(name, data, mimetypes.guess_type(name)[0] or "application/octet-stream")


def _to_edit(state: State, params: Json) -> Message:
    if "inline_message_id" in params:
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in params or "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = state.open_chat(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None or message.deleted:
        raise bad_request(errors.EDIT_NOT_FOUND)
    if not message.from_bot:
        raise bad_request(errors.EDIT_FORBIDDEN)
    return message


def _change(state: State, message: Message, **fields: Any) -> Json:
    """Applies an edit, keeping the version before it."""
    if all(getattr(message, name) == value for name, value in fields.items() if name != "html"):
        raise bad_request(errors.NOT_MODIFIED)
    message.edits.append(Version(message.text, message.html, message.reply_markup, time.time()))
    for name, value in fields.items():
        setattr(message, name, value)
    message.edited = True
    state.updates.changed.notify()
    return message.json()


def _edit_text(state: State, params: Json) -> Json:
    message = _to_edit(state, params)
    if message.document is not None:
        raise bad_request(errors.EDIT_NO_TEXT)
    text, entities = read_text(params, state.users.get)
    if not text:
        raise bad_request(errors.TEXT_EMPTY)
    markup = check_keyboard(params.get("reply_markup"))
    return _change(state, message, text=text, entities=entities, html=_html(params), reply_markup=markup)


def _edit_markup(state: State, params: Json) -> Json:
    return _change(state, _to_edit(state, params), reply_markup=check_keyboard(params.get("reply_markup")))


def _may_delete(state: State, message: Message) -> bool:
    chat = message.chat
    return message.from_bot or chat.type == "private" or chat.statuses.get(state.bot.id) == "administrator"


def _delete(state: State, params: Json) -> bool:
    message = state.open_chat(params["chat_id"]).messages.get(params["message_id"])
    if message is None or message.deleted:
        raise bad_request(errors.DELETE_NOT_FOUND)
    if not _may_delete(state, message):
        raise bad_request(errors.DELETE_FORBIDDEN)
    message.deleted = True
    state.updates.changed.notify()
    return True


def _delete_many(state: State, params: Json) -> bool:
    chat = state.open_chat(params["chat_id"])
    for message_id in params["message_ids"]:
        message = chat.messages.get(message_id)
        if message is not None and _may_delete(state, message):
            message.deleted = True
    state.updates.changed.notify()
    return True


def _react(state: State, params: Json) -> bool:
    message = state.open_chat(params["chat_id"]).messages.get(params["message_id"])
    if message is None or message.deleted:
        raise bad_request(errors.REACT_NOT_FOUND)
    reactions = params.get("reaction", [])
    if any(reaction["type"] == "emoji" and reaction["emoji"] not in _REACTIONS for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    message.reactions = reactions
    state.updates.changed.notify()
    return True


def _chat_action(state: State, params: Json) -> bool:
    chat = state.open_chat(params["chat_id"])
    thread_id = params.get("message_thread_id")
    if not (chat.is_forum and thread_id == GENERAL_TOPIC):
        state.find_topic(chat, thread_id)
    if params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    state.actions.append(Action(chat, params["action"], thread_id, time.time()))
    return True


HANDLERS: Mapping[str, Handler] = {
    "sendMessage": _send_message,
    "sendMessageDraft": _send_draft,
    "sendDocument": _send_document,
    "editMessageText": _edit_text,
    "editMessageReplyMarkup": _edit_markup,
    "deleteMessage": _delete,
    "deleteMessages": _delete_many,
    "setMessageReaction": _react,
    "sendChatAction": _chat_action,
}
