"""`python -m media.server FD`: the media worker process (see `server`)."""

from __future__ import annotations

import sys

from media.server.server import main

main(sys.argv[1:])
