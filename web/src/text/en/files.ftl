# Files of the class: on their way, sent, shown, removed.
files-title = Files
files-attach = Attach files
files-camera = Take a photo
files-library = Choose pictures
files-choose = Choose files
files-on-way = Files on their way
files-waiting = Waits for its turn
files-lost = Waits for the network
files-paused = Paused at { $part }
files-checking = Being checked
files-progress = { $part } · { $speed } · { $left }
files-speed = { $size }/s
files-seconds = { $count ->
    [one] 1 second left
   *[other] { $count } seconds left
}
files-minutes = { $count ->
    [one] 1 minute left
   *[other] { $count } minutes left
}
files-pause = Pause { $name }
files-go-on = Go on with { $name }
files-again = Try { $name } again
files-take-out = Do not send { $name }
files-leave-title = Leave while files are on their way?
files-leave-note = Files that are still on their way will not arrive.
files-held = Goes when every file is there, or taken out
files-too-many = One message takes { $max } files. The others were left out.
files-folder = A folder cannot be sent. Open it and choose its files.
files-pasted = Picture
files-drop = Drop to attach it to your message to { $name }
files-drop-list = Drop to send to the class
files-drop-staff = Drop to send to the teachers
files-put = Send files
files-put-staff = Send to the teachers
files-all = Download all
files-none = Nothing here yet. Drop a file.
files-none-bare = Nothing here yet.
files-search = Search by name or person
files-not-found = No file of this name, and nobody who sent one.
files-space-own = { $used } of your { $most } used
files-space-room = { $used } of { $most } used in this room
files-open = Show { $name } large
files-actions = What to do with { $name }
files-download = Download
files-download-name = Download { $name }
files-to-board = Put on the board
files-on-board = { $name } is on the board
files-remove = Remove
files-removed = { $name } was removed
files-remove-title = Remove { $name }?
files-remove-note = Nobody in the class can open it any more. This cannot be undone.
files-gone = { $count ->
    [one] This file was removed
   *[other] { $count } files were removed
}
files-in-message = { $count ->
    [one] A file
   *[other] { $count } files
}
files-play = Play
files-coming = Coming
files-not-played = It could not be played. Try again, or download it.
files-by = From { $name }
files-before = Picture before
files-next = Next picture
files-place = { $at } of { $count }
files-picture-failed = The picture did not come. Close it and try again.

# A room's files, for its owner.
files-room-title = Files of the room
files-room-of = Files of { $title }
files-room-lead = What was sent in its classes. Files stay until you remove them or delete the room.
files-room-empty = No files
files-room-empty-note = What people send in this room’s classes is here afterwards.
files-room-remove-note = It goes from the room for good, also from a class that is on.
files-private = A private file
files-remove-name = Remove { $name }
files-removing = Removing


error-file-changed = This file was changed or moved while it was sent. Choose it again.
