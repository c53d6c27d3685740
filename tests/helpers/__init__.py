"""What the tests share: a fake Bot API server and builders of real objects."""
