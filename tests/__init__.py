"""The tests of askwire; they mirror the packages and call nothing beyond this machine."""
