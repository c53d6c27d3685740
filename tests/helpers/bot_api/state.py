"""Everything the server remembers, and how a request finds its chat, topic and messages in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.helpers.bot_api import errors
from tests.helpers.bot_api.delivery import Updates
from tests.helpers.bot_api.entities import utf16_length
from tests.helpers.bot_api.errors import Json, bad_request, forbidden
from tests.helpers.bot_api.records import Chat, Message, StoredFile, Topic, User

GENERAL_TOPIC = 1
PRESENT = ("creator", "administrator", "member", "restricted")


@dataclass(eq=False)
class Press:
    """A press of an inline button; `answer` holds what answerCallbackQuery said once it came."""

    id: str
    user: User
    message: Message
    data: str
    answer: Json | None = None


@dataclass(eq=False)
class InlineQuery:
    """An inline query; `answer` holds what answerInlineQuery said once it came."""

    id: str
    user: User
    query: str
    answer: Json | None = None

    @property
    def results(self) -> list[Json]:
        """The results that the person sees."""
        return list((self.answer or {}).get("results", []))


@dataclass(frozen=True)
class Action:
    """A chat action such as "typing"."""

    chat: Chat
    action: str
    thread_id: int | None
    time: float


@dataclass(eq=False)
class State:
    """Users, chats, files, queries and settings of one bot."""

    bot: User
    privacy: bool = True
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    drafts: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    profile: dict[tuple[str, str], Json] = field(default_factory=dict)
    updates: Updates = field(default_factory=Updates)
    last_number: int = 0

    def number(self) -> int:
        """A number never given before."""
        self.last_number += 1
        return self.last_number

    def add_chat(self, chat: Chat) -> Chat:
        """Keeps a chat; message ids of different chats don't overlap, so that a mix-up shows."""
        chat.next_id = 1000 * (len(self.chats) + 1) + 1
        self.chats[chat.id] = chat
        return chat

    def find_chat(self, chat_id: int | str) -> Chat:
        """The chat of a request, by id or @username.

        Raises:
            ApiError: 400 when there is none.
        """
        text = str(chat_id)
        if not text:
            raise bad_request("chat_id is empty")
        for chat in self.chats.values():
            if text == str(chat.id) or (chat.username and text.lower() == f"@{chat.username.lower()}"):
                return chat
        raise bad_request(errors.CHAT_NOT_FOUND)

    def open_chat(self, chat_id: int | str) -> Chat:
        """A chat that the bot may act in.

        Raises:
            ApiError: 400 when there is none or it became a supergroup, 403 when the bot is not welcome.
        """
        chat = self.find_chat(chat_id)
        if chat.migrated_to is not None:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to.id)
        if chat.user is not None:
            if chat.user.blocked_bot:
                raise forbidden(errors.BLOCKED)
            return chat
        status = chat.statuses.get(self.bot.id, "left")
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if status not in PRESENT:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def find_topic(self, chat: Chat, thread_id: int | None) -> Topic | None:
        """The topic that `message_thread_id` names; the General topic has no id that may be sent.

        Raises:
            ApiError: 400 when there is none, or it is closed to the bot.
        """
        if thread_id is None:
            return None
        topic = chat.topics.get(thread_id)
        if topic is None:
            raise bad_request(errors.THREAD_NOT_FOUND)
        if topic.closed and chat.statuses.get(self.bot.id) not in ("administrator", "creator"):
            raise bad_request(errors.TOPIC_CLOSED)
        return topic

    def find_reply(self, chat: Chat, parameters: Json | None) -> tuple[Message | None, Json | None]:
        """The message replied to and the quote from it.

        Raises:
            ApiError: 400 when it is gone and may not be missed, or the quote is not from it.
        """
        if not parameters:
            return None, None
        source = self.find_chat(parameters["chat_id"]) if "chat_id" in parameters else chat
        message = source.messages.get(parameters.get("message_id", 0))
        if message is None or message.deleted:
            if parameters.get("allow_sending_without_reply"):
                return None, None
            raise bad_request(errors.REPLY_NOT_FOUND)
        quote = parameters.get("quote")
        if quote is None:
            return message, None
        said = message.text or message.caption
        if quote not in said:
            raise bad_request("QUOTE_TEXT_INVALID")
        return message, {"text": quote, "position": utf16_length(said[: said.index(quote)])}

    def store(self, message: Message) -> Message:
        """Puts a message into its chat and tells everyone who waits."""
        message.chat.messages[message.id] = message
        self.updates.changed.notify()
        return message

    def add_file(self, name: str, data: bytes, mime: str, size: int | None = None) -> StoredFile:
        """Keeps a file under an id of its own."""
        file = StoredFile(f"file-{self.number()}", name, data, mime, len(data) if size is None else size)
        self.files[file.id] = file
        return file
