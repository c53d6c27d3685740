"""The bundled sample stories."""

from __future__ import annotations

from bot.chat import sample_stories


def test_four_samples_are_bundled() -> None:
    """Each is a whole article with a title, a source that says it is a sample, and a date."""
    stories = sample_stories()
    assert len(stories) == 4
    for story in stories:
        assert story.title
        assert story.source is not None
        assert story.source.startswith("askwire sample")
        assert story.published_at is not None
        assert len(story.text) > 400
        assert "---" not in story.text


def test_one_sample_is_the_real_event() -> None:
    """The rocket attack of 26 January 2020 is there with its public facts."""
    (embassy,) = (story for story in sample_stories() if "embassy" in story.title)
    assert embassy.text.startswith("Three rockets hit the compound of the United States embassy in Baghdad")
    assert embassy.published_at is not None
    assert embassy.published_at.date().isoformat() == "2020-01-26"


def test_one_sample_contradicts_an_earlier_one() -> None:
    """The bridge's repair takes six weeks in the first story and ten in its update, nine days later."""
    first, update = sorted(
        (story for story in sample_stories() if "bridge" in story.title), key=lambda story: str(story.published_at)
    )
    assert "take six weeks" in first.text
    assert "take ten weeks" in update.text
