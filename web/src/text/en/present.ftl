# Slides on the board
present-coming = This slide is coming
present-gone = These slides were deleted. What was drawn on them stays.
present-decks = Slides
present-deck-open = { $slides ->
    [one] Open { $name }, one slide
   *[other] Open { $name }, { $slides } slides
}
present-film-open = Open { $name }
present-slide-of = Slide { $at } of { $count }
present-step-of = step { $at } of { $count }
present-put-away = Put away
present-put-away-done = { $name } is put away, with what was drawn on it
present-strip = Strip of slides
present-text = Search and text
present-notes = Notes
present-slide = Slide { $at }
present-steps = { $count } steps
present-class-here = the class is here
present-has-ink = drawn on
present-has-notes = with notes
present-notes-none = This slide has no notes.
present-notes-coming = The notes are coming.
present-notes-elsewhere = The class is on a page without notes.
present-notes-smaller = Smaller letters
present-notes-larger = Larger letters
present-time-slide = On this slide
present-time-lesson = Lesson
present-next = Next slide
present-next-step = Next step
present-next-none = This is the last slide
present-words = Text of the slide
present-search = Search in the slides
present-search-none = Nothing found
present-search-found = { $count ->
    [one] Found once
   *[other] Found { $count } times
}
present-search-many = Found { $count } times and more. Add a word.
present-in-notes = Notes:
present-text-elsewhere = This page is no slide. Text and search are there for slides.
present-text-none = There is no text on this slide.
present-text-coming = The text is coming.
present-text-copy = Copy
present-text-copied = The text is copied
present-text-not-copied = The browser did not let it be copied. Select the text and copy it.
present-read = Read aloud
present-read-stop = Stop reading
present-newer = There is another version of it.
present-newer-use = Use it
present-newer-use-name = Use the other version of { $name }
present-newer-take = Use the other version
present-newer-using = Changing
present-newer-used = { $name } has its other version now; what was drawn stays
present-newer-ready = There is another version of { $name }
error-deck-not_ready = The first page is still being made. Try again in a moment.
error-deck-placed = { $max } decks are open. Put one away first.
error-deck-leaves = Too many slides are open. Put a deck away first.
error-page-deck = This page belongs to slides, which stay as they are. Put the slides away, or copy the page.
