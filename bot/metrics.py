"""What is counted of a running bot, for Prometheus. No label holds a word of anybody, or an id."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from index.types import Answer

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """The counters of one process, from zero at its start.

    A question's status is answered, quoted or declined; failed, stopped by its asker, refused (a limit), or late.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        given: dict[str, Any] = {"namespace": "askwire", "registry": self.registry}
        self._questions = Counter("questions", "Questions by how they ended.", ["status"], **given)
        self._stages = Histogram(
            "question_stage_seconds", "Time that a question took, by stage.", ["stage"], buckets=_SECONDS, **given
        )
        self._tokens = Counter("model_tokens", "Tokens sent to a model and written by it.", ["model", "way"], **given)
        self._cost = Counter("model_cost_usd", "What models cost, in US dollars.", **given)
        self._looks = Counter("feed_looks", "Looks at feeds.", ["result"], **given)
        self._articles = Counter("feed_articles", "Articles that came in by feeds.", **given)
        self._floods = Counter("telegram_floods", "Times that Telegram asked to wait (429).", ["method"], **given)
        self._queue = Gauge("inbox_updates", "Updates that are not handled yet, by stage.", ["stage"], **given)
        self._contact = Gauge("telegram_contact_timestamp_seconds", "When Telegram last answered a poll.", **given)
        for status in ("answered", "quoted", "declined", "failed", "stopped", "refused", "late"):
            self._questions.labels(status)
        for result in ("ok", "failed"):
            self._looks.labels(result)

    def answered(self, found: Answer, usd: float) -> None:
        """Counts a question that got its answer: how it ended, how long it took, and what it cost."""
        self.ended(found.status.value)
        times = found.timings
        stages = {
            "retrieval": times.retrieval_ms,
            "sentences": times.sentences_ms,
            "first_token": times.first_token_ms,
            "total": times.total_ms,
        }
        for stage, milliseconds in stages.items():
            if milliseconds is not None:
                self._stages.labels(stage).observe(milliseconds / 1000)
        for used in times.usage:
            self._tokens.labels(used.model, "sent").inc(used.prompt_tokens)
            self._tokens.labels(used.model, "written").inc(used.tokens)
        self._cost.inc(usd)

    def ended(self, status: str) -> None:
        """Counts a question that ended in this way."""
        self._questions.labels(status).inc()

    def looked_at_feeds(self, *, well: int, failed: int, articles: int) -> None:
        """Counts a round of polling."""
        self._looks.labels("ok").inc(well)
        self._looks.labels("failed").inc(failed)
        self._articles.inc(articles)

    def flooded(self, method: str) -> None:
        """Counts a request of the Bot API that has to wait."""
        self._floods.labels(method).inc()

    def reached_telegram(self) -> None:
        """Notes that Telegram answered a poll."""
        self._contact.set(datetime.now(UTC).timestamp())

    def exposition(self, waiting: int, started: int) -> bytes:
        """All of it in Prometheus's text format, with the lengths of the queue as they are now."""
        self._queue.labels("waiting").set(waiting)
        self._queue.labels("started").set(started)
        return generate_latest(self.registry)
