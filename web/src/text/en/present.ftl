# Slides on the board
present-coming = This slide is coming
present-gone = These slides were deleted. What was drawn on them stays.
