"""Methods that look something up, answer a query, or set the bot up."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from tests.helpers.bot_api import errors
from tests.helpers.bot_api.errors import Json, bad_request
from tests.helpers.bot_api.records import Chat, User
from tests.helpers.bot_api.sending import Handler
from tests.helpers.bot_api.state import PRESENT, State

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_ALERT_LIMIT = 200
_MAX_RESULTS = 50
_MAX_COMMANDS = 100
_TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_RIGHTS = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
]
_GIFTS = ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"]


def me_json(state: State) -> Json:
    """The bot as getMe shows it."""
    return {
        **state.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy,
        "supports_inline_queries": True,
    }


def member_json(user: User, status: str) -> Json:
    """`ChatMember` of the Bot API."""
    member: Json = {"user": user.json(), "status": status}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member.update({right: right not in ("is_anonymous", "can_be_edited") for right in _RIGHTS})
    elif status == "kicked":
        member["until_date"] = 0
    return member


def _get_chat(state: State, params: Json) -> Json:
    chat = state.open_chat(params["chat_id"])
    return {
        **chat.json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, True),
    }


def _get_member(state: State, params: Json) -> Json:
    chat = state.open_chat(params["chat_id"])
    user = state.users.get(params["user_id"])
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    status = "member" if chat.user is user else chat.statuses.get(user.id, "left")
    return member_json(user, status)


def _administrators(state: State, params: Json) -> list[Json]:
    chat = state.open_chat(params["chat_id"])
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [
        member_json(state.users[user_id], status)
        for user_id, status in chat.statuses.items()
        if status in ("creator", "administrator")
    ]


def _member_count(state: State, params: Json) -> int:
    chat = state.open_chat(params["chat_id"])
    return 2 if chat.user else sum(status in PRESENT for status in chat.statuses.values())


def _leave(state: State, params: Json) -> bool:
    chat: Chat = state.open_chat(params["chat_id"])
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.statuses[state.bot.id] = "left"
    state.updates.changed.notify()
    return True


def _get_file(state: State, params: Json) -> Json:
    file = state.files.get(params["file_id"])
    if file is None:
        raise bad_request(errors.FILE_UNKNOWN)
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request(errors.FILE_TOO_BIG)
    return {
        "file_id": file.id,
        "file_unique_id": f"unique-{file.id}",
        "file_size": file.size,
        "file_path": file.path,
    }


def _answer_press(state: State, params: Json) -> bool:
    press = state.presses.get(params["callback_query_id"])
    if press is None or press.answer is not None:
        raise bad_request(errors.QUERY_INVALID)
    if len(params.get("text", "")) > _ALERT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = params
    state.updates.changed.notify()
    return True


def _answer_inline(state: State, params: Json) -> bool:
    query = state.inline_queries.get(params["inline_query_id"])
    if query is None or query.answer is not None:
        raise bad_request(errors.QUERY_INVALID)
    ids = [result["id"] for result in params["results"]]
    if len(ids) > _MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(str(result_id).encode()) <= 64 for result_id in ids):
        raise bad_request("RESULT_ID_INVALID")
    query.answer = params
    state.updates.changed.notify()
    return True


def _scope(params: Json) -> tuple[str, str]:
    scope = params.get("scope", {"type": "default"})
    return json.dumps(scope, sort_keys=True), params.get("language_code", "")


def _set_commands(state: State, params: Json) -> bool:
    commands = params["commands"]
    if len(commands) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    state.commands[_scope(params)] = commands
    return True


def _delete_commands(state: State, params: Json) -> bool:
    state.commands.pop(_scope(params), None)
    return True


def _set_profile(field: str) -> Handler:
    def handler(state: State, params: Json) -> bool:
        text = params.get(field, "")
        if len(text) > _TEXT_LIMITS[field]:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        state.profile[field, params.get("language_code", "")] = {field: text}
        return True

    return handler


def _get_profile(field: str) -> Handler:
    def handler(state: State, params: Json) -> Json:
        found = state.profile.get((field, params.get("language_code", "")))
        return found or state.profile.get((field, ""), {field: ""})

    return handler


def _set_webhook(state: State, params: Json) -> bool:
    state.updates.set_webhook(params)
    return True


def _delete_webhook(state: State, params: Json) -> bool:
    state.updates.set_webhook({"url": "", **params})
    return True


async def _get_updates(state: State, params: Json) -> list[Json]:
    return await state.updates.poll(
        params.get("offset", 0),
        params.get("limit", 100),
        params.get("timeout", 0),
        params.get("allowed_updates"),
    )


def _accept(_: State, __: Json) -> bool:
    return True


HANDLERS: Mapping[str, Handler] = {
    "getMe": lambda state, _: me_json(state),
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": lambda state, _: state.updates.webhook_info(),
    "getChat": _get_chat,
    "getChatMember": _get_member,
    "getChatAdministrators": _administrators,
    "getChatMemberCount": _member_count,
    "leaveChat": _leave,
    "getFile": _get_file,
    "answerCallbackQuery": _answer_press,
    "answerInlineQuery": _answer_inline,
    "setMyCommands": _set_commands,
    "getMyCommands": lambda state, params: state.commands.get(_scope(params), []),
    "deleteMyCommands": _delete_commands,
    "setMyName": _set_profile("name"),
    "getMyName": _get_profile("name"),
    "setMyDescription": _set_profile("description"),
    "getMyDescription": _get_profile("description"),
    "setMyShortDescription": _set_profile("short_description"),
    "getMyShortDescription": _get_profile("short_description"),
    "setChatMenuButton": _accept,
    "setMyDefaultAdministratorRights": _accept,
    "logOut": _accept,
    "close": _accept,
}
