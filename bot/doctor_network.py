"""What `askwire doctor` asks others: models, Telegram, and what time it is there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.doctor_checks import SkippedError, WrongError
from bot.settings import Settings

_WITHIN_S = 60.0
_MAY_DIFFER = timedelta(minutes=1)


async def models(settings: Settings) -> str:
    """Those that are set can be opened, and each that is asked over the network answers a word."""
    from index.model_set import check_models
    from index.providers.base import Prompt
    from index.providers.registry import chain_of, local_weights_of, open_chat_model, open_embedder
    from index.providers.weights import weights_are_there

    config = settings.index_config()
    check_models(config)
    embedder = config.embedding_model
    if all(weights_are_there(model, config.cache_dir) for model in local_weights_of(embedder)):
        opened = await open_embedder(embedder, config.cache_dir, None, config.keys)
        await asyncio.to_thread(opened.embed_query, "news")
    asked = [name for name in chain_of(config.chat_model) if not name.startswith("local:")]
    for name in asked:
        model = await open_chat_model(name, config.cache_dir, config.keys)
        if model is not None:
            try:
                async with asyncio.timeout(_WITHIN_S):
                    await model.complete(Prompt("Say: yes"))
            except TimeoutError:
                raise WrongError(f"{name} does not answer within a minute. Look at its server, or wait.") from None
            finally:
                await model.close()
    return f"{' and '.join([embedder, *asked])} answer." if asked else f"{embedder} and {config.chat_model} are set."


async def telegram(settings: Settings) -> str:
    """It takes the token, and has no complaint about the webhook."""
    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError

    if settings.telegram_bot_token is None:
        raise SkippedError("Without a token there is nobody to ask as.")
    try:
        async with Bot(settings.require_token(), base_url=f"{settings.telegram_api_url}/bot") as bot:
            hook = await bot.get_webhook_info()
            name = bot.username
    except InvalidToken:  # its text holds the token
        raise WrongError("Telegram refuses the token. Get the right one from @BotFather with /token.") from None
    except TelegramError as error:
        raise WrongError(
            f"{settings.telegram_api_url} cannot be reached ({error.message}). Look at the network, "
            "the proxy and TELEGRAM_API_URL."
        ) from error
    if settings.webhook_url and hook.last_error_message:
        raise WrongError(
            f"Telegram cannot deliver to WEBHOOK_URL: {hook.last_error_message}. Look at the proxy before the bot."
        )
    return f"It knows the bot @{name}; {hook.pending_update_count:,} updates wait there."


async def clock(settings: Settings) -> str:
    """It is not behind what was written before, nor far from Telegram's."""
    from index.diagnosis import newest_time

    newest = await asyncio.to_thread(newest_time, settings.askwire_data_dir)
    now = datetime.now(UTC)
    if newest and newest - now > _MAY_DIFFER:
        raise WrongError(
            f"The clock says {now:%Y-%m-%d %H:%M} UTC, but something was written at {newest:%Y-%m-%d %H:%M}. "
            "Set the clock: timedatectl set-ntp true."
        )
    if settings.telegram_bot_token is None:
        return f"It is {now:%Y-%m-%d %H:%M} UTC here; nobody else was asked."
    ahead = await _ahead_of(settings.telegram_api_url)
    if ahead is None:
        raise SkippedError(f"It is {now:%Y-%m-%d %H:%M} UTC here; Telegram does not tell its time.")
    if abs(ahead) > _MAY_DIFFER:
        raise WrongError(
            f"The clock is {abs(ahead).total_seconds():,.0f} s {'ahead of' if ahead > timedelta() else 'behind'} "
            "Telegram's. Set it: timedatectl set-ntp true."
        )
    return "It is right, as far as Telegram tells."


async def _ahead_of(url: str) -> timedelta | None:
    """How far the clock is ahead of a server's; None when it does not say."""
    import httpx

    try:
        async with httpx.AsyncClient(timeout=10) as client:
            answer = await client.head(url)
        return datetime.now(UTC) - parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError, TypeError):
        return None
