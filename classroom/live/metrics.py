"""What an operator can count about live rooms. Labels are closed sets: codes and names of ours."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

SOCKETS = Gauge("classroom_sockets", "Sockets that hold a seat token the server accepted")
LIVE_ROOMS = Gauge("classroom_live_rooms", "Rooms somebody has opened and that have not ended")
STREAMS = Gauge("classroom_streams", "Pages that are told what waits, as it changes")
PARTICIPANTS = Gauge("classroom_participants", "Seats taken in all live rooms")

JOINS = Counter("classroom_joins", "Seats taken, by whether it was new or a return", ["kind"])
LEAVES = Counter("classroom_leaves", "Seats given up", ["reason"])
CONNECTIONS_REFUSED = Counter(
    "classroom_connections_refused", "Socket.IO connections refused", ["code"]
)
REQUESTS_REFUSED = Counter(
    "classroom_requests_refused", "Requests answered with an error", ["request", "code"]
)
REQUESTS_REPEATED = Counter(
    "classroom_requests_repeated", "Requests that were asked again and answered, not done, again"
)
FRAMES_REFUSED = Counter(
    "classroom_frames_refused", "Frames that are not signalling; their socket is closed", ["reason"]
)
SOCKETS_DROPPED = Counter(
    "classroom_sockets_dropped", "Sockets the server closed by itself", ["reason"]
)
BUNDLES = Gauge("classroom_bundles", "Connections that are carried by a bundle of WebSockets")
STRANDS = Gauge("classroom_bundle_strands", "WebSockets that belong to a bundle")
BUNDLES_WEAK = Counter(
    "classroom_bundles_weak", "Times a bundle began to say everything on all its WebSockets"
)
NOTICES_DROPPED = Counter("classroom_notices_dropped", "Notices that found a full outbox")
MEDIA_RESETS = Counter("classroom_media_resets", "Rooms whose media worker was lost")

RECORDINGS = Gauge("classroom_recordings", "Recordings that are written now")

BOARD_CONNECTIONS = Gauge("classroom_board_connections", "Open connections to live boards")
BOARD_PAGES = Gauge("classroom_board_pages", "Pages of boards held in memory")
BOARD_CLOSED = Counter(
    "classroom_board_closed", "Board connections the server closed, by reason", ["code"]
)
BOARD_FRAMES_REFUSED = Counter(
    "classroom_board_frames_refused", "Board messages that ended their connection", ["code"]
)
BOARD_UPDATES = Counter("classroom_board_updates", "Updates of pages that passed the gate")
BOARD_REPEATED = Counter("classroom_board_repeated", "Updates that were known already")
BOARD_DENIED = Counter("classroom_board_denied", "Updates the gate refused", ["code"])
BOARD_DROPPED = Counter(
    "classroom_board_dropped", "Frames nobody misses, dropped for a full queue or a rate", ["kind"]
)
BOARD_DELIVERED = Counter("classroom_board_delivered", "Messages written to board connections")
BOARD_COMMITS = Counter("classroom_board_commits", "Batches of updates stored, or not", ["outcome"])
BOARD_SNAPSHOTS = Counter("classroom_board_snapshots", "Page snapshots stored, or not", ["outcome"])
BOARD_PAGE_LISTS = Counter("classroom_board_page_lists", "Page lists stored, or not", ["outcome"])
