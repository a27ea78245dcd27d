nav-decks = Decks
decks-lead = Slides from PDF, pictures and Office files. Drop them anywhere on this page.
decks-lead-bare = Slides from PDF and pictures. Drop them anywhere on this page.
decks-upload = Send files
decks-drop = Drop to put into { $folder }
decks-search = Search by name
decks-not-found = No deck and no folder of this name.
decks-empty = No decks yet. Drop a PDF.
decks-empty-note = Each page becomes a picture. Several pictures dropped together become one deck.
decks-empty-folder = This folder is empty
decks-empty-folder-note = Drop files here, or move decks into it.
decks-path = Where you are
decks-gone = No such folder
decks-to-top = All decks
decks-space = { $used } of { $most } used
decks-on-way = On their way
decks-on-way-many = { $name } and { $count ->
    [one] 1 more picture
   *[other] { $count } more pictures
}
decks-on-way-version = { $name }, a new version of { $deck }
decks-slides = { $count ->
    [one] 1 slide
   *[other] { $count } slides
}
decks-used = used { $ago }
decks-changed = changed { $ago }
decks-waiting = Waits for its turn
decks-opening = Being read
decks-drawing = { $done } of { $leaves } pages drawn
decks-newer = New version: { $text }
decks-newer-failed = The new version could not be made; the one before stays. { $why }
decks-more = What to do with { $name }
decks-use = Use in a class
decks-use-title = Use { $name } in which class?
decks-use-note = You go to its door, and the deck is on the stage once you are in.
decks-use-in = Use it in { $room }
decks-use-rooms = Go to your rooms
decks-brought = { $name } goes on the stage once you are in.
decks-brought-not = Do not bring { $name }
decks-rename = Rename
decks-rename-title = Rename the deck
decks-name = Name
decks-name-missing = Give it a name.
decks-move = Move
decks-move-title = Move { $name }
decks-move-to = Into which folder?
decks-moving = Moving
decks-moved = { $name } was moved
decks-version-new = Send a new version
decks-versions = Versions
decks-versions-of = Versions of { $name }
decks-version = Version { $number }
decks-version-used = In use
decks-version-use = Use this one
decks-version-use-name = Use version { $number }
decks-version-using = Changing
decks-version-now = Version { $number } is in use
decks-version-delete = Delete version { $number }
decks-version-delete-title = Delete version { $number } of { $name }?
decks-version-delete-note = The versions beside it stay. This cannot be undone.
decks-version-deleted = Version { $number } was deleted
decks-another = Send another file
decks-delete = Delete
decks-deleting = Deleting
decks-delete-title = Delete { $name }?
decks-delete-note = The deck goes with all its versions. This cannot be undone.
decks-delete-placed = It was put on the stage in { $rooms }; its pages there lose their pictures. This cannot be undone.
decks-deleted = { $name } was deleted
decks-folder-new = New folder
decks-folder-new-title = A new folder
decks-folder-create = Create the folder
decks-folder-creating = Creating
decks-folder-rename-title = Rename the folder
decks-folder-delete-note = Only an empty folder can be deleted.
decks-folder-holds = { $count ->
    [0] Empty
    [one] 1 item
   *[other] { $count } items
}
decks-close = Close
decks-news-part = { $name }: { $percent } % drawn
decks-news-ready = { $name } is ready
decks-news-failed = { $name } could not be made
decks-news-came = { $name } is in your decks

# In a class, for who leads it.
decks-slides-title = Slides
decks-on-stage = On the stage
decks-none = No decks yet.
decks-drop-stage = Drop to show it to the class as slides
decks-show = Show
decks-show-name = Show { $name }
decks-showing = Showing
decks-shown = { $name } is on the stage
decks-put-away = Put away
decks-put-away-name = Put { $name } away
decks-putting-away = Putting away
decks-put-away-done = { $name } was put away, with what was drawn on it
decks-ink-title = Show { $name }
decks-ink-note = It was shown in this room before, and what was drawn on it is kept.
decks-ink-continue = Continue from { $date }, { $time }
decks-ink-clean = Start clean
decks-news-failed-why = { $name } could not be made. { $why }
decks-list-open = Open the slides

error-deck-unknown = These slides are not there any more.
error-deck-empty = This file is empty.
error-deck-type = This kind of file cannot be shown. PDF, pictures, PPTX, ODP, DOCX and ODT can.
error-deck-old_office = This is an old Office file. Save it as PPTX or DOCX and send it again.
error-deck-encrypted = This file is locked with a password. Save it without one and send it again.
error-deck-broken = This file is damaged and cannot be read. Export it again from where it was made.
error-deck-large = A file may have { $megabytes } MB.
error-deck-bomb = This file unpacks to far too much.
error-deck-pixels = A picture may have { $megapixels } megapixels. Make it smaller.
error-deck-pages = A deck may have { $max } pages. Split it.
error-deck-shape = A page of this file is far too long or too narrow to show.
error-deck-slow = This file takes too long to draw. Print it to PDF anew, or leave out the heaviest page.
error-deck-memory = This file needs too much memory to draw. Make its pictures smaller.
error-deck-office_missing = This server cannot read Office files. Save it as PDF, or ask the operator to install LibreOffice.
error-deck-office_unsafe = This server cannot keep Office files from the network, so it does not open them. Save it as PDF.
error-deck-storage = The server has no space left. Tell its operator.
error-deck-quota = Your library is full ({ $megabytes } MB). Delete decks you do not need.
error-deck-limit = You may keep { $max } decks. Delete one you do not need.
error-deck-failed = These slides could not be made.
error-version-unknown = This version is not there any more.
error-version-used = This version is in use. Choose another one first.
error-folder-unknown = This folder is not there any more.
error-folder-full = Empty the folder first.
error-folder-limit = You may keep { $max } folders. Delete one you do not need.
error-folder-deep = Folders may lie { $max } deep, and not in themselves.
error-slide-unknown = This page is not there any more.
error-slide-coming = This page is still being made.
error-upload-unknown = This upload is over. Send the file again.
