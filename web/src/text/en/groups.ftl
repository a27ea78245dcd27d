error-group-unknown = This group is not there any more.
error-group-limit = There may be 2 to { $max } groups.
error-group-name = A group needs a name of 1 to { $max } characters.
error-group-choice = The teacher puts the groups together.
error-group-full = This group is full. Choose another one.
error-group-staff = { $name } is not a student, so there is no group for them.
error-group-closed = The groups are not open.
error-group-opened = The groups are open. Close them first.
error-group-share = Screens are shared in the whole class only. Use your group’s board.

groups-title = Groups
groups-name = Group { $number }
groups-none-staff = Put the class into groups. Nobody moves before you open them.
groups-count = Number of groups
groups-fewer = One group fewer
groups-more = One group more
groups-each = { $size ->
    [0] There are no students here yet.
    [one] One student in each.
   *[other] Up to { $size } students in each.
}
groups-how = Who puts them together
groups-how-random = Random
groups-how-hand = By hand
groups-how-own = Own choice
groups-how-random-note = Everybody is dealt into a group. You can move people after it.
groups-how-hand-note = You put everybody into a group with the menu beside the name.
groups-how-own-note = Students choose a group themselves, now or when the groups are open.
groups-plan = Plan the groups
groups-shuffle = Deal again
groups-discard = Discard the plan
groups-left = In no group
groups-none = No group
groups-empty = Nobody yet.
groups-rename = Rename { $name }
groups-rename-save = Save the name
groups-move = Put { $name } into a group
groups-minutes = Time
groups-minutes-of = { $count ->
    [one] One minute
   *[other] { $count } minutes
}
groups-no-end = Until you close them
groups-task = Begin with a copy of the class’s page
groups-open = Open the groups
groups-opening = Opening
groups-time-left = Time left in the groups
groups-speak = Speak to all
groups-write = Write to all
groups-boards = Boards of the groups
groups-calls = Calls you
groups-seen-tip = Press when you have seen to it
groups-visit = Visit
groups-listen = Listen
groups-back = Back to the class
groups-you-are-here = You are here
groups-you-listen = You listen
groups-visited = { $name } is here.
groups-extend = { $count ->
    [one] One minute more
   *[other] { $count } minutes more
}
groups-go-on = { $count ->
    [one] Go on for one minute
   *[other] Go on for { $count } minutes
}
groups-close = Close the groups
groups-close-in = In { $count } seconds
groups-close-now = Now
groups-call = Call the teacher
groups-called = The teacher is called
groups-choose = Choose a group
groups-choose-this = Join
groups-chosen = Your group
groups-free = { $count ->
    [one] One place free
   *[other] { $count } places free
}
groups-full = Full
groups-choose-note = The groups are open.
groups-wait-note = The groups have begun. The teacher puts you into one.
groups-closing = Everybody comes back to the class in { $time }.
groups-calling = { $name } calls you.
groups-seen = Seen
groups-loud = Everyone hears you, in all groups.
groups-loud-stop = Stop
groups-visiting = You are in { $name }.
groups-listening = You listen to { $name }. They neither hear nor see you.
groups-say-in = You are in { $to } now.
groups-say-moved = You moved from { $from } to { $to }.
groups-say-left = You are in the class now, in no group.
groups-say-over = Everybody is back in the class.
groups-say-closing = The groups close in a minute.
groups-say-visits = { $name } visits your group.
groups-say-listens = { $name } listens to your group.
groups-calls-count = { $count ->
    [one] One group calls you
   *[other] { $count } groups call you
}
groups-move-to = Move to { $name }
