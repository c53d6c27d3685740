"""Every error that `index` raises, in one tree.

    NewsIndexError
    ├── SourceError            an article could not be read
    │   ├── UnreadableError    missing, empty, damaged, not text
    │   ├── UnsupportedError   a type that no reader knows
    │   │   └── FeedFileError  a list of feeds, which are followed and not read
    │   ├── TooLargeError      over a limit
    │   └── FetchError         a page could not be fetched
    │       └── ForbiddenAddressError   an address that askwire never connects to
    ├── QuestionError          an empty question, or one that is too long
    ├── ProviderError          a model
    │   ├── UnknownModelError  no such provider or model
    │   ├── ModelUnavailableError   the model's server is down, slow or refuses
    │   └── WeightsError       weights cannot be fetched, or are not the ones expected
    └── StoreError             the catalog or the vector index
        ├── StoreLockedError   another process owns the data directory
        └── EmbedderMismatchError   the index was built with another embedder

The text of each is one line for a person: what is wrong, then what to do.
Foreign exceptions are mapped where they arise, with `raise … from`.
"""


class NewsIndexError(Exception):
    """Base of all errors of `index`; its text can be shown to a person as it is."""


class SourceError(NewsIndexError):
    """An article could not be read."""


class UnreadableError(SourceError):
    """A file or page is missing, empty, damaged or holds no article text."""


class UnsupportedError(SourceError):
    """A file or page is of a type that askwire does not read."""


class FeedFileError(UnsupportedError):
    """A file is a list of feeds: they are to be followed."""


class TooLargeError(SourceError):
    """A file or page is over a size limit."""


class FetchError(SourceError):
    """A page could not be fetched; the answer's status if there was one, and the seconds it asks to wait."""

    status: int | None = None
    retry_after: float | None = None


class ForbiddenAddressError(FetchError):
    """A link leads to an address that askwire never connects to."""


class QuestionError(NewsIndexError):
    """A question is empty or too long."""


class ProviderError(NewsIndexError):
    """A model could not do its work; the tokens it was sent and wrote until then, as far as known."""

    prompt_tokens: int = 0
    tokens: int = 0


class UnknownModelError(ProviderError):
    """No provider or model has this name."""


class ModelUnavailableError(ProviderError):
    """The model's server is down, too slow, or refuses."""


class WeightsError(ProviderError):
    """A local model's weights cannot be fetched, or are not the ones expected."""


class StoreError(NewsIndexError):
    """The catalog or the vector index failed."""


class StoreLockedError(StoreError):
    """Another process owns the data directory."""


class EmbedderMismatchError(StoreError):
    """The index was built with another embedder."""
