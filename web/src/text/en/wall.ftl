error-page-reserved = This page belongs to a group or a student.
error-wall-exists = The boards for everyone are open already.
error-wall-closed = There are no boards for everyone now.
error-wall-limit = There may be { $max } boards at once. Make groups instead.

wall-title = Boards
wall-open = A board for everyone
wall-open-note = Every student gets a page of their own with what lies on this one. You see all of them.
wall-view = Show all boards
wall-back = Back to the stage
wall-all-boards = All boards
wall-filter = Which boards
wall-everyone = Everyone
wall-needs-help = Needs help
wall-done-filter = Done
wall-drawing = { $count ->
    [0] Nobody is drawing
    [one] 1 is drawing
   *[other] { $count } are drawing
}
wall-empty = No boards here.
wall-nobody = No student is here yet. Everyone who comes in gets a board.
wall-tile = Open the board of { $name }
wall-away = Away
wall-hand = Hand up, place { $place }
wall-mark-done = Done
wall-mark-stuck = Needs help
wall-is-shown = Shown to the class
wall-large = Board of { $name }
wall-previous = Previous board
wall-next = Next board
wall-show = Show to the class
wall-show-end = Stop showing
wall-show-named = With the name
wall-lock = Lock all boards
wall-unlock = Unlock all boards
wall-collect = Collect
wall-collect-title = Collect the boards
wall-collect-pages = Keep as pages of the class
wall-collect-pages-note = All boards become pages of the class, in this order and under the students’ names. Everyone sees them.
wall-collect-pdf = PDF of all boards
wall-collect-pdf-note = One file with a page for each board. The boards stay as they are.
wall-collect-remove = Remove them
wall-collect-remove-note = The boards go. A removed page can be brought back while the class lasts.
wall-collect-do = Collect
wall-collect-how = What becomes of them
wall-own = Your board
wall-own-locked = Your board is locked. The teacher is looking at the boards.
wall-own-shown = Your board is shown to the class.
wall-shown-of = This is the board of { $name }.
wall-shown-somebody = The teacher shows somebody’s board.
wall-i-done = I am done
wall-i-stuck = I am stuck
wall-news-open = Everyone has a board of their own now.
wall-news-close = The boards for everyone were collected.
wall-news-stuck = { $name } needs help.
wall-pages-title = Boards of students and groups
