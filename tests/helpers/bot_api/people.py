"""What people do in the chats, the test's side: each act queues the update that Telegram would send."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from tests.helpers.bot_api.entities import detect_entities, entity_text, utf16_length
from tests.helpers.bot_api.errors import Json
from tests.helpers.bot_api.formatting import TEXT_LIMIT
from tests.helpers.bot_api.looking import member_json
from tests.helpers.bot_api.records import Chat, ChatType, Message, Topic, User
from tests.helpers.bot_api.sending import thread_root
from tests.helpers.bot_api.state import PRESENT, InlineQuery, Press, State

# As large as in life, so that an id kept in too few bits shows.
_FIRST_USER = 7_000_000_000
_FIRST_GROUP = -4_000_000_000
_FIRST_SUPERGROUP = -1_002_000_000_000


class People:
    """Makes users and chats, and lets users talk, forward, upload, press and edit. Nothing here waits."""

    def __init__(self, state: State) -> None:
        self.state = state

    def user(self, first_name: str, *, username: str | None = None, language_code: str | None = None) -> User:
        """A person; `private_chat` opens the conversation with the bot."""
        number = _FIRST_USER + self.state.number()
        user = User(number, first_name, username or f"{first_name.lower()}_{number}", language_code)
        self.state.users[user.id] = user
        return user

    def private_chat(self, user: User) -> Chat:
        """The private chat of a user with the bot; its id is the user's."""
        found = self.state.chats.get(user.id)
        return found or self.state.add_chat(Chat(user.id, "private", user=user))

    def group(
        self,
        title: str,
        *,
        members: Sequence[User] = (),
        admins: Sequence[User] = (),
        bot_admin: bool = False,
    ) -> Chat:
        """An ordinary group with the bot in it."""
        return self._group("group", title, members, admins, bot_admin)

    def supergroup(
        self,
        title: str,
        *,
        members: Sequence[User] = (),
        admins: Sequence[User] = (),
        bot_admin: bool = False,
        forum: bool = False,
        username: str | None = None,
    ) -> Chat:
        """A supergroup with the bot in it; as a forum it has topics, beside the General one."""
        chat = self._group("supergroup", title, members, admins, bot_admin)
        chat.is_forum, chat.username = forum, username
        return chat

    def channel(self, title: str, *, username: str | None = None, bot_admin: bool = False) -> Chat:
        """A channel, mostly to forward from."""
        chat = self._group("channel", title, (), (), bot_admin)
        chat.username = username
        if not bot_admin:
            chat.statuses[self.state.bot.id] = "left"
        return chat

    def _group(
        self, kind: ChatType, title: str, members: Sequence[User], admins: Sequence[User], bot_admin: bool
    ) -> Chat:
        base = _FIRST_GROUP if kind == "group" else _FIRST_SUPERGROUP
        chat = self.state.add_chat(Chat(base - self.state.number(), kind, title))
        chat.statuses |= dict.fromkeys((user.id for user in members), "member")
        chat.statuses |= dict.fromkeys((user.id for user in admins), "administrator")
        chat.statuses[self.state.bot.id] = "administrator" if bot_admin else "member"
        return chat

    def say(
        self,
        chat: Chat,
        user: User,
        text: str,
        *,
        reply_to: Message | None = None,
        topic: Topic | None = None,
        entities: Sequence[Json] = (),
        quote: str | None = None,
    ) -> Message:
        """A text message. `entities` adds formatting to the links, mentions and commands found in it.

        Raises:
            ValueError: on text that is empty or over 4,096 UTF-16 units: apps split what is longer.
        """
        if not 0 < utf16_length(text) <= TEXT_LIMIT:
            raise ValueError("a message of a person has 1 to 4,096 UTF-16 units")
        found = detect_entities(text, entities)
        part = {"text": quote, "position": 0, "is_manual": True} if quote else None
        return self._arrive(chat, user, reply_to, topic, text=text, entities=found, quote=part)

    def forward(
        self,
        chat: Chat,
        user: User,
        text: str,
        *,
        from_channel: Chat | None = None,
        from_user: User | None = None,
        from_name: str | None = None,
        date: datetime | None = None,
        entities: Sequence[Json] = (),
        topic: Topic | None = None,
        post_id: int = 77,
    ) -> Message:
        """A forwarded post of a channel, or message of a user or of somebody who hides (`from_name`)."""
        origin: Json = {"date": int(date.timestamp() if date else time.time())}
        if from_channel is not None:
            origin |= {"type": "channel", "chat": from_channel.json(), "message_id": post_id}
        elif from_user is not None:
            origin |= {"type": "user", "sender_user": from_user.json()}
        else:
            origin |= {"type": "hidden_user", "sender_user_name": from_name or "Somebody"}
        found = detect_entities(text, entities)
        return self._arrive(chat, user, None, topic, text=text, entities=found, forward_origin=origin)

    def upload(
        self,
        chat: Chat,
        user: User,
        name: str,
        data: bytes,
        mime: str = "application/octet-stream",
        *,
        caption: str = "",
        reply_to: Message | None = None,
        topic: Topic | None = None,
        size: int | None = None,
    ) -> Message:
        """A file; `size` lets few bytes stand for a large file."""
        file = self.state.add_file(name, data, mime, size)
        found = detect_entities(caption)
        return self._arrive(chat, user, reply_to, topic, caption=caption, entities=found, document=file)

    def edit(self, message: Message, text: str) -> None:
        """A person edits a message of theirs."""
        message.text, message.entities, message.edited = text, detect_entities(text), True
        if self._bot_sees(message):
            self.state.updates.add("edited_message", message.json())

    def press(self, message: Message, user: User, button_text: str) -> Press:
        """A press of an inline button that carries data.

        Raises:
            ValueError: when the message has no such button.
        """
        data = {button.text: button.callback_data for button in message.buttons}.get(button_text)
        if data is None:
            raise ValueError(f"no button {button_text!r} with data among {message.button_texts}")
        return self.press_data(message, user, data)

    def press_data(self, message: Message, user: User, data: str) -> Press:
        """A press whose data need not be that of any button: it was forged, or the button has changed meanwhile."""
        press = Press(str(self.state.number()), user, message, data)
        self.state.presses[press.id] = press
        query = {"id": press.id, "from": user.json(), "message": message.json(), "data": data}
        self.state.updates.add("callback_query", {**query, "chat_instance": str(message.chat.id)})
        return press

    def inline(self, user: User, query: str) -> InlineQuery:
        """`@bot query` typed in any chat."""
        asked = InlineQuery(str(self.state.number()), user, query)
        self.state.inline_queries[asked.id] = asked
        update = {"id": asked.id, "from": user.json(), "query": query, "offset": "", "chat_type": "sender"}
        self.state.updates.add("inline_query", update)
        return asked

    def member_update(
        self, chat: Chat, status: Literal["administrator", "member", "left", "kicked"], *, by: User
    ) -> None:
        """Someone adds, promotes or removes the bot; in a private chat, "kicked" blocks it."""
        bot = self.state.bot
        before = chat.statuses.get(bot.id, "member" if chat.type == "private" else "left")
        chat.statuses[bot.id] = status
        if chat.user is not None:
            chat.user.blocked_bot = status == "kicked"
        change = {"chat": chat.json(), "from": by.json(), "date": int(time.time())}
        members = {"old_chat_member": member_json(bot, before), "new_chat_member": member_json(bot, status)}
        self.state.updates.add("my_chat_member", {**change, **members})

    def migrate(self, group: Chat) -> Chat:
        """The group becomes a supergroup with a new id; both ends get their service message."""
        chat = self._group("supergroup", group.title or "", (), (), bot_admin=False)
        chat.statuses = dict(group.statuses)
        people = (self.state.users[user_id] for user_id in group.statuses if user_id != self.state.bot.id)
        sender = next(people, self.state.bot)
        self._arrive(group, sender, None, None, service={"migrate_to_chat_id": chat.id})
        group.migrated_to = chat
        self._arrive(chat, sender, None, None, service={"migrate_from_chat_id": group.id})
        return chat

    def block(self, user: User) -> None:
        """The user blocks the bot, without the bot being told first."""
        user.blocked_bot = True

    def kick(self, chat: Chat) -> None:
        """The bot is thrown out, without being told first."""
        chat.statuses[self.state.bot.id] = "kicked"

    def _arrive(self, chat: Chat, user: User, reply_to: Message | None, topic: Topic | None, **content: Any) -> Message:
        if chat.type in ("group", "supergroup"):
            chat.statuses.setdefault(user.id, "member")
        elif chat.type == "private":
            user.blocked_bot = False
        topic = topic or (reply_to.topic if reply_to else None)
        content |= {"topic": topic, "thread_id": thread_root(chat, reply_to)}
        sender = None if chat.type == "channel" else user
        message = Message(chat, chat.take_id(), sender, reply_to=reply_to, **content)
        self.state.store(message)
        if self._bot_sees(message):
            self.state.updates.add("channel_post" if chat.type == "channel" else "message", message.json())
        return message

    def _bot_sees(self, message: Message) -> bool:
        """Privacy mode: in groups only what is meant for the bot, unless it is an administrator."""
        chat, bot = message.chat, self.state.bot
        if chat.type == "private":
            return not (chat.user and chat.user.blocked_bot)
        status = chat.statuses.get(bot.id)
        if status not in PRESENT:
            return False
        if not self.state.privacy or status == "administrator" or chat.type == "channel" or message.service:
            return True
        if message.reply_to is not None and message.reply_to.from_bot:
            return True
        return any(self._meant(message, entity) for entity in message.entities)

    def _meant(self, message: Message, entity: Json) -> bool:
        said = entity_text(message.text or message.caption, entity).lower()
        name = f"@{self.state.bot.username}".lower()
        if entity["type"] == "bot_command":
            return "@" not in said or said.endswith(name)
        if entity["type"] == "text_mention":
            return bool(entity["user"]["id"] == self.state.bot.id)
        return entity["type"] == "mention" and said == name
