"""What an operator can count about live rooms. Labels are closed sets: codes and names of ours."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

SOCKETS = Gauge("classroom_sockets", "Sockets that hold a seat token the server accepted")
LIVE_ROOMS = Gauge("classroom_live_rooms", "Rooms somebody has opened and that have not ended")
PARTICIPANTS = Gauge("classroom_participants", "Seats taken in all live rooms")

JOINS = Counter("classroom_joins", "Seats taken, by whether it was new or a return", ["kind"])
LEAVES = Counter("classroom_leaves", "Seats given up", ["reason"])
CONNECTIONS_REFUSED = Counter(
    "classroom_connections_refused", "Socket.IO connections refused", ["code"]
)
REQUESTS_REFUSED = Counter(
    "classroom_requests_refused", "Requests answered with an error", ["request", "code"]
)
FRAMES_REFUSED = Counter(
    "classroom_frames_refused", "Frames that are not signalling; their socket is closed", ["reason"]
)
SOCKETS_DROPPED = Counter(
    "classroom_sockets_dropped", "Sockets the server closed by itself", ["reason"]
)
NOTICES_DROPPED = Counter("classroom_notices_dropped", "Notices that found a full outbox")
MEDIA_RESETS = Counter("classroom_media_resets", "Rooms whose media worker was lost")
