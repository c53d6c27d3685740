"""What the server remembers: users, chats, topics, messages and files, each with its Bot API JSON.

Times are Unix seconds, lengths UTF-16 units.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Literal

from tests.helpers.bot_api.errors import Json

ChatType = Literal["private", "group", "supergroup", "channel"]


@dataclass(eq=False)
class User:
    """A person or a bot. `blocked_bot` makes every message to the private chat fail with 403."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    last_name: str | None = None
    blocked_bot: bool = False

    def json(self) -> Json:
        """`User` of the Bot API."""
        return _present(
            id=self.id,
            is_bot=self.is_bot,
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language_code,
        )


@dataclass(eq=False)
class Topic:
    """A topic of a forum; its id is `message_thread_id`."""

    id: int
    name: str
    chat: Chat
    closed: bool = False


@dataclass(eq=False)
class Chat:
    """A chat; `statuses` are "creator", "administrator", "member", "left" or "kicked" by user id."""

    id: int
    type: ChatType
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    user: User | None = None
    statuses: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    migrated_to: Chat | None = None
    next_id: int = 1

    def take_id(self) -> int:
        """The next message id."""
        self.next_id += 1
        return self.next_id - 1

    def topic(self, name: str, *, closed: bool = False) -> Topic:
        """Opens a topic, which is a service message of the forum.

        Raises:
            ValueError: when the chat is no forum.
        """
        if not self.is_forum:
            raise ValueError("only a forum has topics")
        message = Message(chat=self, id=self.take_id(), sender=None, service={"forum_topic_created": _topic(name)})
        message.topic = topic = Topic(id=message.id, name=name, chat=self, closed=closed)
        self.messages[message.id] = message
        self.topics[topic.id] = topic
        return topic

    def json(self) -> Json:
        """`Chat` of the Bot API."""
        person = self.user
        return _present(
            id=self.id,
            type=self.type,
            title=self.title,
            username=person.username if person else self.username,
            first_name=person.first_name if person else None,
            last_name=person.last_name if person else None,
            is_forum=self.is_forum or None,
        )


@dataclass(frozen=True)
class Button:
    """One button of an inline keyboard."""

    text: str
    callback_data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Version:
    """What a message said before an edit. `html` is the text as sent with `parse_mode=HTML`."""

    text: str
    html: str | None
    reply_markup: Json | None
    date: float


@dataclass(eq=False)
class StoredFile:
    """A file that the bot can fetch. `size` may be more than the bytes held, to stand for a large one."""

    id: str
    name: str
    data: bytes
    mime: str
    size: int

    @property
    def path(self) -> str:
        """The path under `/file/bot<token>/`."""
        return f"documents/{self.id}/{self.name}"

    def json(self) -> Json:
        """`Document` of the Bot API."""
        return {
            "file_id": self.id,
            "file_unique_id": f"unique-{self.id}",
            "file_name": self.name,
            "mime_type": self.mime,
            "file_size": self.size,
        }


@dataclass(eq=False)
class Message:
    """A message; `html` and `params` are as the bot sent them, `edits` holds the earlier versions."""

    chat: Chat
    id: int
    sender: User | None
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    caption: str = ""
    document: StoredFile | None = None
    html: str | None = None
    reply_markup: Json | None = None
    reply_to: Message | None = None
    quote: Json | None = None
    topic: Topic | None = None
    thread_id: int | None = None
    forward_origin: Json | None = None
    service: Json | None = None
    link_preview_options: Json | None = None
    params: Json = field(default_factory=dict)
    edits: list[Version] = field(default_factory=list)
    reactions: list[Json] = field(default_factory=list)
    deleted: bool = False
    from_bot: bool = False
    edited: bool = False
    date: float = field(default_factory=time.time)

    @property
    def buttons(self) -> list[Button]:
        """The buttons of the inline keyboard, row after row."""
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return [Button(b["text"], b.get("callback_data"), b.get("url")) for row in rows for b in row]

    @property
    def button_texts(self) -> list[str]:
        """The labels of the inline keyboard."""
        return [button.text for button in self.buttons]

    @property
    def links(self) -> list[str]:
        """The addresses of the text's links."""
        return [entity["url"] for entity in self.entities if entity["type"] == "text_link"]

    def json(self, *, nested: bool = False) -> Json:
        """`Message` of the Bot API; a message replied to carries no reply of its own."""
        caption = bool(self.document)
        said = self.caption if caption else self.text
        inline = self.reply_markup if "inline_keyboard" in (self.reply_markup or {}) else None
        result = _present(
            message_id=self.id,
            date=int(self.date),
            edit_date=int(time.time()) if self.edited else None,
            chat=self.chat.json(),
            sender_chat=self.chat.json() if self.sender is None and self.chat.type == "channel" else None,
            message_thread_id=self.topic.id if self.topic else self.thread_id,
            is_topic_message=True if self.topic else None,
            document=self.document.json() if self.document else None,
            forward_origin=self.forward_origin,
            quote=self.quote,
            reply_markup=inline,
            link_preview_options=self.link_preview_options,
            **{"caption" if caption else "text": said or None},
            **{"caption_entities" if caption else "entities": self.entities or None},
            **(self.service or {}),
        )
        if self.sender is not None:
            result["from"] = self.sender.json()
        if not nested:
            replied = self.reply_to or self._topic_start()
            if replied is not None and not replied.deleted:
                result["reply_to_message"] = replied.json(nested=True)
        return result

    def _topic_start(self) -> Message | None:
        """In a topic, a message that answers nothing still refers to the service message that opened it."""
        if self.topic is None or self.id == self.topic.id:
            return None
        return self.chat.messages.get(self.topic.id)


def _topic(name: str) -> Json:
    return {"name": name, "icon_color": 7322096}


def _present(**fields: object) -> Json:
    """The fields that are there."""
    return {name: value for name, value in fields.items() if value is not None}
