# Watching a recorded class again.
player-view = What was seen
player-controls = Playing
player-panel = About this recording
player-position = Position
player-hours = { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }
player-minutes = { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
player-seconds = { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }
player-length = { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
player-live = Recording now
player-to-recordings = Back to recordings
player-catch-up = Catching up with the class
player-to-live = Back to live
player-home = Go to the first page
player-asked-again = It is tried again by itself.
player-copy-moment = Copy link to this moment
player-moment-copied = Link copied. It begins at this second.

player-play = Play
player-pause = Pause
player-back = Back 10 seconds
player-forward = Forward 10 seconds
player-mute = Turn the sound off
player-unmute = Turn the sound on
player-muted = Sound is off
player-unmuted = Sound is on
player-volume = Volume
player-speed = Speed
player-speed-now = Speed { $speed }
player-full = Full screen
player-more = View and more
player-layout = View
player-layout-main = Picture and faces
player-layout-side = Side by side
player-layout-faces = Faces
player-skip-silence = Skip silence
player-captions = Captions
player-captions-on = Captions are on
player-captions-off = Captions are off
player-keys = Keys
player-keys-on = Single letters work as keys
player-key-play = Play or pause (also Space)
player-key-arrows = Back or forward 5 seconds
player-key-tenth = To a tenth of the recording
player-key-ends = To the beginning or the end
player-key-speed = Slower or faster
player-key-mute = Sound off or on
player-key-zoom = Zoom the board, show all of it

player-zoom-in = Zoom in
player-zoom-out = Zoom out
player-zoom-fit = Show the whole page
player-page = Board: { $name }
player-page-plain = Board
player-ink-over = Drawn on the shared screen
player-camera-of = { $name }, camera
player-screen-of = Screen of { $name }
player-speaking = Speaking
player-hand-up = Hand raised
player-gap-off = Camera off
player-gap-lost = Connection lost
player-gap-unrecorded = Not recorded
player-gap-slow = Still loading
player-in-groups = In groups. Groups are not recorded.
player-activity = An activity. What everybody did in it is not recorded.
player-film = A film was played here, now at { $at }. The film itself is not part of the recording.
player-no-page = No page yet
player-nobody = Nobody is to be seen here

player-tab-chapters = Chapters
player-tab-chat = Chat
player-tab-people = People
player-tab-words = Transcript
player-chapters = Chapters
player-chapter-start = Beginning
player-chapter-page = Page { $number } of the board
player-chapter-slide = { $name }, slide { $slide }
player-chapter-slide-plain = Slide { $slide }
player-chapter-screen = A shared screen
player-chapter-poll = A question
player-chapter-groups = In groups, not recorded
player-lane = When { $name } spoke
player-legend-speaking = speaking
player-legend-hand = raised hand
player-legend-poll = question
player-no-chapters = This recording has no chapters.
player-no-chat = Nobody wrote in the chat, or it was not recorded.
player-is-here = In class at this moment
player-is-away = Not in class at this moment
player-first-words = First words
player-search = Search
player-found = { $count ->
        [0] Nothing found. Try other words.
        [one] { $count } place
       *[other] { $count } places
    }
player-in-chat = Chat
player-in-page = Page
player-in-slide = Slide
player-in-board = Board
player-in-poll = Question
player-in-caption = Transcript

player-take-away = To take away
player-take-film = Film, sound, data
player-take-boards = All boards as PDF
player-take-chat = Chat as text
player-take-failed = It could not be made. Check your connection and try again.
player-pages = { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
player-messages = { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }
