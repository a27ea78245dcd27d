# The library of recordings: cards, links to give away, what was seen, cutting, keeping and deleting.

nav-recordings = Recordings

library-lead = Classes to be watched again, with everybody's yes.
library-search = Search by name
library-room = Room
library-room-all = All rooms
library-all = All recordings
library-all-room = All recordings of this room
library-none = No recordings yet
library-none-note = Press Record in a class. Everybody is asked first, and it can be watched a few seconds after its end.
library-not-found = No recording of this name.
library-more = More recordings
library-menu = What to do with { $title }
library-open = Watch
library-open-name = Watch { $title }
library-agreed = { $agreed } of { $people } agreed
library-agreed-tip = Agreed: { $kinds }
library-consent-kind = { $kind } { $count }
library-kept = kept until { $date }
library-kept-ever = kept until somebody deletes it
library-soon = { $days ->
    [0] Deleted today
    [one] Deleted tomorrow
   *[other] Deleted in { $days } days
}
library-held = Kept by law
library-held-why = Kept by law: { $why }
library-views = { $count ->
    [0] not watched yet
    [one] watched once
   *[other] watched { $count } times
}
library-shares = { $count ->
    [one] 1 link
   *[other] { $count } links
}
library-cut = Parts cut out

library-state-recording = Being recorded now
library-state-interrupted = Is being recovered
library-state-processing = Is being made
library-state-erasing = Is being made anew without somebody's part
library-state-broken = Damaged
library-waits-unable = The server cannot make recordings playable. Tell its operator; nothing is lost.
library-waits-storage = There is no space left on the server. It is tried again.
library-waits-again = It did not work yet. It is tried again.
library-progress = { $percent } %
library-news-ready = { $title } can be watched
library-news-broken = { $title } could not be made

library-share = Share
library-views-open = Who watched
library-consents = Save the record of consent
library-download = Download
library-rename = Rename
library-rename-title = Rename the recording
library-name = Name
library-name-missing = Give it a name.
library-trim = Cut
library-person = Remove a person
library-keep = How long it is kept
library-hold = Keep by law
library-unhold = Lift the legal hold
library-delete = Delete
library-deleting = Deleting
library-delete-title = Delete { $title }?
library-delete-note = Sound, pictures, board and chat go for good, also for everybody with a link. This cannot be undone. Save the record of consent before, if you need it.
library-deleted = { $title } was deleted

# Links.
library-share-title = Share { $title }
library-share-kind = Who may watch?
library-share-link = Whoever has the link
library-share-enrolled = Students of the room, with the link
library-share-public = Everybody, without a password
library-share-password = Password (may stay empty)
library-share-password-hint = At least { $min } characters. Send it another way than the link.
library-share-password-short = A password needs at least { $min } characters.
library-share-until = Last day (may stay empty)
library-share-until-past = The last day lies in the past.
library-share-download = They may download it
library-share-make = Make a link
library-share-making = Making
library-share-made = The link is only shown now. Copy it.
library-share-copy = Copy
library-share-copied = The link was copied
library-share-copy-failed = Mark the link and copy it by hand.
library-share-list = Links
library-share-none = No links yet.
library-share-made-on = made on { $date }
library-share-with-password = with a password
library-share-until-on = until { $date }
library-share-for-ever = without an end
library-share-may-download = with download
library-share-end = End
library-share-end-name = End the link of { $date }
library-share-ended = The link was ended. Whoever watches by it sees nothing more.
library-share-is-ended = ended

# Who watched.
library-views-title = Who watched { $title }
library-views-none = Nobody has watched it yet.
library-views-watched = watched { $time }
library-views-downloaded = downloaded
library-views-exported = made a file to download
library-views-link = by a link
library-views-nameless = Somebody with the link

# People.
library-person-title = Remove somebody from { $title }
library-person-note = What goes is gone for good, for everybody and from the shared sound and the board as well. With a voice the captions go, too. The recording is made anew; until then nobody can watch it.
library-person-none = Nobody agreed to be in it.
library-person-of = Who?
library-person-what = What goes?
library-person-missing = Choose what goes.
library-person-remove = Remove
library-person-removing = Removing
library-person-removed = { $name } is being removed. The recording is made anew.

# How long.
library-keep-title = How long { $title } is kept
library-keep-until = Until this day
library-keep-ever = Until somebody deletes it
library-keep-save = Save
library-keep-saving = Saving
library-keep-saved = Saved
library-keep-missing = Choose a day from tomorrow on, at most ten years away.
library-hold-title = Keep { $title } by law
library-hold-note = Nobody can delete it, and it does not expire, until the hold is lifted.
library-hold-why = Why?
library-hold-missing = Say why it has to be kept.
library-hold-set = Keep it
library-hold-done = It is kept.
library-hold-lifted = The legal hold was lifted.

# Cutting.
library-cut-title = Cut { $title }
library-cut-note = What is cut out is sent to nobody but you, and it can be brought back at any time. After a cut a picture may stand still for up to 10 seconds.
library-cut-start = Begin at
library-cut-end = End at
library-cut-out = Cut out
library-cut-edge = at the edge
library-cut-from = From
library-cut-to = To
library-cut-add = Cut out a part
library-cut-remove = Bring { $from } to { $to } back
library-cut-time-fault = Write times like 1:05 or 0:12:30, the first before the second.
library-cut-limit = At most { $max } parts.
library-cut-left = { $left } of { $whole } stay
library-cut-all = Bring everything back
library-cut-save = Save
library-cut-saving = Saving
library-cut-saved = The cuts were saved. Others see it so from now on.
library-cut-preview = See it as others do

# Pages of their own.
library-watch-title = Recording
library-watch-back = To the recordings
library-watch-again = Try again
library-shared-title = A recorded class
library-shared-open = Watch
library-shared-enrolled = This link is for students of the room. Open your own link to the class first, then this one.
library-shared-gone = Nothing to watch here
library-shared-gone-note = The link has ended, or it was written wrongly. Ask whoever sent it.
library-consent-title = What was recorded of you
library-consent-of = { $title }, { $date }
library-consent-name = Recorded as { $name }
library-consent-none = Nothing of you is in this recording.
library-consent-is = In the recording there is of you:
library-consent-kept = The recording is kept until { $date }.
library-consent-kept-ever = The recording is kept until somebody deletes it.
library-consent-take = Take back and erase
library-consent-take-note = What you choose is deleted for good, for everybody, and recorded no more.
library-consent-choose = What shall be erased?
library-consent-missing = Choose what shall be erased.
library-consent-taking = Erasing
library-consent-taken = It is being erased. The recording is made anew without it.
library-consent-sure = Erase { $kinds } for good?
library-consent-gone = This link is not valid any more
library-consent-gone-note = The recording may have been deleted; then nothing of you is left in it.

# The first page.
library-recent = Recordings
library-soon-title = { $count ->
    [one] A recording is deleted soon
   *[other] { $count } recordings are deleted soon
}
library-soon-note = { $title }, on { $date }
library-soon-open = Look
library-report = Watch the recording

# Files to take away.
library-files-title = Download { $title }
library-files-film = Film, 720p
library-files-film-note = MP4: the main picture, who speaks, and all sound
library-files-film-large = Film, 1080p
library-files-film-large-note = MP4, for large screens
library-files-screen = Screen as it was sent
library-files-screen-note = MP4: the shared screen untouched, and all sound
library-files-sound = Sound alone
library-files-sound-note = M4A, as one file
library-files-data = Data
library-files-data-note = ZIP: events, chat, polls, people
library-files-boards = Boards as PDF are in the player.
library-files-make = Make
library-files-take = Save
library-files-waiting = Waits for its turn
library-files-making = { $percent } % made
library-files-left = { $percent } % made, about { $minutes ->
    [one] a minute left
   *[other] { $minutes } minutes left
}
library-files-stop = Stop making { $name }
library-files-drop = Throw the file away: { $name }
library-captions = Captions
library-captions-title = Captions of { $title }
library-captions-none = No captions yet.
library-captions-language = Language of the file
library-captions-choose = Choose a WebVTT file
library-captions-sending = Sending
library-captions-note = At most 512 kB, one file for each language; a new one takes the place of the old.
library-captions-added = The captions were added. They are in the player.
library-captions-drop = Take the captions away: { $name }
