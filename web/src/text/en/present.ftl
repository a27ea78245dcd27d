# Slides on the board
present-coming = This slide is coming
present-gone = These slides were deleted. What was drawn on them stays.
present-decks = Slides
present-deck-open = { $slides ->
    [one] Open { $name }, one slide
   *[other] Open { $name }, { $slides } slides
}
present-slide-of = Slide { $at } of { $count }
present-step-of = step { $at } of { $count }
present-put-away = Put away
present-put-away-done = { $name } is put away, with what was drawn on it
error-deck-not_ready = The first page is still being made. Try again in a moment.
error-deck-placed = { $max } decks are open. Put one away first.
error-deck-leaves = Too many slides are open. Put a deck away first.
error-page-deck = This page belongs to slides, which stay as they are. Put the slides away, or copy the page.
