"""How a parsing process and its parent talk: sizes first, then bytes; results in JSON, which can hold no code."""

from __future__ import annotations

import struct

REQUEST = struct.Struct(">IQ")  # the sizes of the header, in JSON, and of the data
REPLY = struct.Struct(">cQ")  # its kind, and the size of the JSON that follows
READY = b"A"  # sent once, when requests may come
RESULT = b"R"  # what the parser returned
ERROR = b"E"  # ["UnreadableError", "its one line"]: an error of index.errors
SIGNALLED = 128  # added to the number of the signal that ended a parser: the process's exit code
