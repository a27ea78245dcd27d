# The connection: ours, and everybody's for who teaches.
net-is-good = Good
net-is-weak = Weak
net-is-poor = Bad
net-is-unknown = Unknown
net-is-away = Away
net-quality-good = Good connection
net-quality-weak = Weak connection
net-quality-poor = Bad connection
net-quality-unknown = Connection not known yet
net-quality-away = Away, reconnecting
net-button = Connection: { $word }. Show details
net-own = Your connection
net-of = Connection of { $name }
net-details-of = Connection of { $name }: { $word }. Show details

# What is short, in one line.
net-between = {" "}
net-short-screen-frames = Weak network: reading quality.
net-short-screen-frames-note = The screen stays sharp and shows fewer frames.
net-short-screen-size = Weak network: the screen is smaller.
net-short-screen-size-note = It is less sharp than it could be, and grows again by itself.
net-short-screen-off = Weak network: the screen is paused.
net-short-screen-off-note = You hear everything. It comes back by itself.
net-short-cameras-off = Weak network: sound first.
net-short-cameras-off-note = Some cameras are paused so that you hear every word.
net-short-cameras-off-more = Some cameras are paused.
net-short-cameras-size = Weak network: smaller cameras.
net-short-cameras-size-note = Sound and screen are not touched.
net-short-cameras-size-more = Some cameras are smaller.
net-first = Weak network: sound first.
net-first-down-note = You hear every word, a moment later.
net-first-up-note = They hear every word of yours, a moment later.
net-first-both-note = Every word arrives, a moment later.
net-tag-first = Sound first
net-camera-held = Your camera is off to others: the network is weak.
net-camera-held-note = Your voice goes on. The camera comes back by itself.
net-camera-insist = Send it anyway
net-tile-paused = Paused: weak network
net-tile-paused-short = Paused
net-tile-small = Weak network: smaller picture

# The way.
net-tag-tcp = TCP
net-tag-relay = Relay
net-way-tcp = Your network blocks the fast way (UDP). The class runs over TCP; sound may lag a little.
net-way-relay = Your network lets the class through by a detour only (a relay). Sound may lag a little.

# Facts. Loss is a part of what was sent.
net-fact-trip = There and back
net-fact-lost = Lost on the way
net-fact-lost-there = Lost on the way to them
net-fact-lost-here = Lost on the way from them
net-fact-room = Can receive
net-fact-sends = Sends
net-fact-way = Connected over
net-fact-way-direct = UDP, direct
net-fact-way-udp = UDP, direct
net-fact-way-tcp = TCP
net-fact-way-relay = UDP, by a relay
net-none = unknown

# Findings about somebody, in words with figures.
net-finds-good = All well: { $trip } there and back.
net-finds-plain = All well.
net-finds-lost-there = Loses { $loss } of what we send.
net-finds-lost-here = { $loss } of what they send does not arrive.
net-finds-trip = { $trip } there and back: they hear us late.
net-finds-room = Their network carries only { $rate }.
net-finds-tcp = Their network blocks the fast way (UDP); they are connected over TCP.
net-finds-away = Lost the connection and is coming back. The seat is kept.
net-finds-unknown = Nothing measured yet. Figures come a few seconds after somebody joins.
net-own-lost = { $loss } is lost on the way.
net-own-trip = { $trip } there and back: you hear each other late.
net-own-room = Your network carries only { $rate } now.

net-reduced = Reduced, so that the sound stays
net-reduced-none = Nothing is reduced.
net-reduced-screen-frames = Screen of { $name }: fewer frames, still sharp
net-reduced-screen-size = Screen of { $name }: smaller
net-reduced-screen-off = Screen of { $name }: paused
net-reduced-cameras-off = { $count ->
    [one] Camera of { $names } paused
   *[other] { $count } cameras paused: { $names }
}
net-reduced-cameras-size = { $count ->
    [one] Camera of { $names } smaller
   *[other] { $count } cameras smaller: { $names }
}
net-reduced-cameras-frames = { $count ->
    [one] Camera of { $names } with fewer frames
   *[other] { $count } cameras with fewer frames: { $names }
}

net-done = What is done, so that every word arrives
net-done-sound-there = What is said goes to them several times
net-done-sound-here = What they say is sent several times
net-done-wait = They hear the class a moment later, and miss nothing
net-done-small = Cameras go to them in the smallest size
net-done-pictures = Lost pictures are sent again at once
net-done-opus = Their sound is smaller, so that more of it fits
net-done-camera_small = Their camera is sent small
net-done-camera_off = Their camera is not sent, so that they are heard
net-own-done-sound = Every word is sent several times
net-own-done-wait = You hear the others { $delay } later, and miss nothing
net-own-done-camera_small = Your camera is sent small
net-own-done-camera_off = Your camera is off to others

net-names-comma = ,{" "}
net-names-more = { $names } and others

net-advice-camera = Ask them to turn the camera off: more is left for sound and screen.
net-advice-wifi = Ask them to come nearer to the Wi-Fi or to use a cable, and to stop downloads.
net-advice-wait = Leave a moment after each question.
net-advice-network = Another network, such as a phone’s, is faster.
net-advice-own-camera = Turn your camera off: more is left for sound and screen.
net-advice-own-camera-off = Turn the camera off
net-advice-own-wifi = Come nearer to the Wi-Fi or use a cable, and stop downloads.

net-note-weak = Weak network
net-note-poor = Bad network
net-note-first = Weak: sound first
net-summary = Connections
net-summary-good = { $count } good
net-summary-weak = { $count } weak
net-summary-poor = { $count } bad
net-summary-unknown = { $count } unknown
net-summary-wait = Asking how everybody is connected

# The gallery's pages.
room-faces-pages = Pages of faces
room-faces-span = People { $first }–{ $last } of { $count }
room-faces-next = Next faces
room-faces-previous = Previous faces
room-key-page = Next and previous page of faces
