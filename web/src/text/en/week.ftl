# A host's week, and what is booked, moved and kept free in it.

week-today = Today
week-earlier = Week before
week-later = Week after
week-days-earlier = Days before
week-days-later = Days after
week-host = Whose calendar
week-no-host = Nobody here takes appointments yet. An administrator can add somebody under Organisation.
week-zone-note = Times in { $city }.
week-hand-note = Draw over free time to block it, drag an appointment to move it. With the keyboard: arrows, Enter, M.
week-block = Blocked
week-class = Class
week-seats = { $taken } of { $seats } seats
week-from-to = { $from } to { $to }
week-second-time = { $time }, second time
week-moment = { $day }, { $time } in { $city }
week-both = { $own } ({ $other })
week-chip = { $day }, { $time }
week-state-booked = Booked
week-state-unconfirmed = Not confirmed yet
week-state-unpaid = Not paid yet
week-state-live = Going on
week-state-held = Held
week-state-missed = Missed
week-second-hour = This hour comes a second time
week-second-sign = 2nd
week-hole = The clock has no such time on this day
week-away = Away
week-busy = Busy elsewhere
week-cursor = { $when }, { $how }
week-how-free = free to book
week-how-open = open
week-how-busy = busy elsewhere
week-how-closed = closed
week-move-held = Moving { $name }. Arrows choose the time, Enter puts it there, Escape leaves it.
week-move-left = Left where it was.
week-verdict-free = Free
week-verdict-same = Where it was
week-verdict-outside = Outside of your hours
week-verdict-busy = Over another calendar
week-verdict-taken = Something stands there
week-verdict-past = In the past

week-side = What can be booked
week-free-for = Free times of
week-free-here = { $count ->
    [one] One free time
   *[other] { $count } free times
}
week-empty-offers = Nothing can be booked yet
week-empty-offers-note = Say what you offer and how long it takes. Then clients can choose a time.
week-empty-offers-act = Add an offer
week-empty-hours = There are no hours in this week, so nothing can be booked.
week-hours-set = Set your hours
week-hours-change = Change hours
week-page-open = What clients see
week-seen = Clients see on { $day }
week-seen-none = Clients see no free time in these days.
week-seen-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
week-seen-zone = In { $city }; each client sees their own time.
week-legend-talk = Booking
week-legend-class = Class
week-legend-block = Blocked
week-legend-busy = Busy elsewhere
week-legend-free = Free to book
week-day-empty = Nothing on this day.

week-day = Day
week-time = Time in { $city }
week-begins = Begins
week-ends = Ends
week-twice = This time comes twice on that day
week-twice-first = First time
week-twice-second = Second time
week-next-free = Free after it
week-close = Close
week-save = Save
week-saving = Saving
week-undo = Undo
week-back = Back

week-block-act = Block time
week-block-new = Block time
week-block-title = Blocked time
week-block-make = Block
week-block-remove = Remove
week-block-name = What for
week-block-hint = Only you and your team see this.
week-blocked = Blocked from { $when }.
week-block-moved = Blocked now { $when }.
week-block-gone = The block is removed.

week-move = Move
week-move-to = Move
week-move-anyway = Move anyway
week-moving = Moving
week-move-title = Move { $name }
week-move-from = Now: { $when }.
week-move-aside = This lies outside of your hours or over another calendar.
week-move-letter = Your appointment has moved. It is now on { $when }.
week-move-mailed = { $name } gets a letter that says:
week-moved = { $name } is moved to { $when }.
week-tell = Write to { $name }

week-cancel = Cancel
week-cancel-title = Cancel the appointment of { $name }?
week-cancel-note = The time is free again at once. What was paid is paid back by your rule.
week-cancel-act = Cancel appointment
week-cancelling = Cancelling
week-cancelled = The appointment of { $name } is cancelled.
week-cancel-rest = Cancel the series
week-rest-title = Cancel all that is still to come with { $name }?
week-rest-note = Everything of this series that has not begun is cancelled, and one letter says so.
week-rest-act = Cancel all
week-rest-done = The series is cancelled.
week-class-remove = Take off the timetable
week-class-title = Take { $name } off the timetable?
week-class-note = The lesson is not on the timetable any more. The room and its people stay.
week-class-act = Take off
week-class-rest = Also all later ones of this series
week-class-gone = Taken off the timetable.
week-join = Join

week-book-act = Book
week-book-title = Book for somebody
week-book-for = Book for { $name }
week-step = Step { $step } of 2
week-who = Who is it for
week-who-hint = Name or address
week-who-found = People you know
week-who-none = Nobody is called “{ $text }”.
week-who-new = Somebody new
week-no-address = No mail address
week-new-name = Name
week-new-email = Mail address
week-new-email-hint = May be empty. Then they get no letters.
week-next-step = Next
week-what = What
week-offer-length = { $name }, { $count } min
week-no-offers = Nothing is offered at the moment.
week-free-of-day = Free times of that day
week-repeat = Repeat
week-every-once = Once
week-every-week = Every week
week-every-two = Every two weeks
week-every-day = Every day
week-times = How often
week-times-count = { $count } times
week-dates = Dates of the series
week-series-skip = { $count ->
    [one] One date does not fit and is left out.
   *[other] { $count } dates do not fit and are left out.
}
week-book = Book
week-booking = Booking
week-book-anyway = Book anyway
week-book-series = { $count ->
    [one] Book one
   *[other] Book { $count }
}
week-booked = { $name } is booked for { $when }.
week-series-made = { $count ->
    [one] One appointment with { $name } is booked.
   *[other] { $count } appointments with { $name } are booked.
}

hours-weekly = Every week
hours-weekly-note = Draw on a bar to open or close time, or type it. An end that is not later is on the next day.
hours-closed = closed
hours-add-to = Add time on { $day }
hours-copy-of = Copy { $day }
hours-copy-working = To Monday to Friday
hours-copy-all = To every day
hours-copy-to = To { $day }
hours-copied = { $day } is copied.
hours-from-of = { $day } from
hours-to-of = { $day } until
hours-next-day = next day
hours-remove-of = Remove { $from } to { $to } on { $day }
hours-specials = Single days
hours-specials-note = Other hours on one day, instead of the weekly ones.
hours-special-day = Day
hours-special-close = Close this day
hours-special-open = Other hours
hours-special-closed = Closed: nothing can be booked on this day.
hours-special-remove = Back to the weekly hours on { $day }
hours-away = Holidays
hours-away-note = Nothing can be booked on these days. What is booked already stays.
hours-away-add = Add holiday
hours-away-remove = Remove the holiday { $days }
hours-days = { $from } to { $to }
hours-first-day = First day
hours-last-day = Last day
hours-why = Why (optional)
hours-paste = Paste a list
hours-paste-label = One holiday a line: first day, last day, why
hours-paste-wrong = This line is no day: { $line }
hours-paste-take = { $count ->
    [one] Add one holiday
   *[other] Add { $count } holidays
}
hours-stays = Travel
hours-stays-note = On these days your hours mean the time of the place you are in. At home it is { $city }.
hours-stay-means = { $time } is { $time } in { $city } on these days.
hours-stay-add = Add travel
hours-stay-remove = Remove the travel to { $city }
hours-zone = Time zone there
hours-bounds = Bounds
hours-notice = Notice
hours-notice-none = none
hours-horizon = How far ahead
hours-cap = At most a day
hours-cap-none = no bound
hours-cap-count = { $count ->
    [one] one appointment
   *[other] { $count } appointments
}
hours-step = Times every
hours-home-zone = Your time zone
hours-in-minutes = { $count } min
hours-in-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
hours-in-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
hours-bounds-words = Clients book with { $notice } of notice, at most { $horizon } ahead.
hours-preview = Clients will see
hours-none-free = No free time.
hours-gone-taken = { $count ->
    [one] { $time } is gone: something stands there.
   *[other] { $count } are gone from { $time } on: something stands there.
}
hours-gone-busy = { $count ->
    [one] { $time } is gone: { $calendar } is busy.
   *[other] { $count } are gone from { $time } on: { $calendar } is busy.
}
hours-gone-pause = { $count ->
    [one] { $time } is gone: the pause of an appointment.
   *[other] { $count } are gone from { $time } on: pauses of appointments.
}
hours-gone-full = { $count ->
    [one] { $time } is full.
   *[other] { $count } are full from { $time } on.
}
hours-gone-cap = { $count ->
    [one] { $time } is gone: the day has enough.
   *[other] { $count } are gone from { $time } on: the day has enough.
}
hours-gone-early = { $count ->
    [one] { $time } is too soon.
   *[other] { $count } are too soon.
}
hours-gone-far = { $count ->
    [one] { $time } is too far ahead.
   *[other] { $count } are too far ahead.
}
hours-other-calendar = another calendar
hours-problems = What may not be meant
hours-problem-never = These hours never open: { $where }
hours-problem-overlap = Two lines overlap: { $where }
hours-problem-short = Too short for everything you offer: { $where }
hours-problem-longer = On { $day } the clock goes back: the day is { $count } minutes longer.
hours-problem-shorter = On { $day } the clock goes forward: the day is { $count } minutes shorter.
hours-unsaved = Not saved yet. Clients see the old hours.
hours-discard = Discard
hours-save = Save hours
hours-saved = Hours are saved. Clients see them now.
hours-feeds = Calendars from elsewhere
hours-feeds-note = What is busy there cannot be booked here. Nobody here sees what it is.
hours-feed-url = Address of a calendar
hours-feed-hint = The secret address in iCal format. It begins with https:// or webcal://.
hours-feed-kind = What it is
hours-feed-busy = Busy times
hours-feed-holidays = Holidays
hours-feed-add = Add calendar
hours-feed-adding = Adding
hours-feed-on = Counts
hours-feed-read = Read { $name } now
hours-feed-remove = Remove { $name }
hours-feed-state-read = { $count ->
    [one] Read { $ago }, one entry
   *[other] Read { $ago }, { $count } entries
}
hours-feed-state-off = Does not count
hours-feed-state-waiting = Being read
hours-feed-failing = Cannot be read, { $since }: { $why } Its last times still count.
hours-failure-address = the address is not right.
hours-failure-name = the address leads nowhere.
hours-failure-private = it lies in a private network.
hours-failure-refused = nobody answers there.
hours-failure-certificate = its certificate is not valid.
hours-failure-slow = it is too slow.
hours-failure-redirects = it sends on too often, or to an open connection.
hours-failure-status = it answers { $status }.
hours-failure-large = it is too large.
hours-failure-page = it answers with a web page, maybe to sign in.
hours-failure-broken = it is no whole calendar.
hours-failure-many = it has too many entries.
hours-failure-endless = an entry repeats without end.
hours-failure-reader = we could not read it.
hours-failure-other = something went wrong.
hours-own = Your calendar elsewhere
hours-own-note = Subscribe to this address in your own calendar. Whoever has it can read it.
hours-own-shows = It shows
hours-own-plain = Only “Appointment”
hours-own-offer = What it is
hours-own-client = Who comes
hours-own-copy = Copy address
hours-own-copied = The address is copied.
hours-own-renew = New address
hours-own-renewed = There is a new address. The old one leads nowhere.

offer-parts = Offers and hours
offer-part-list = Offers
offer-part-hours = Hours
offer-add = Add offer
offer-new = New offer
offer-free = Free
offer-paid-before = { $amount } before
offer-paid-after = { $amount } after
offer-minutes = { $count } min
offer-seats = { $count } seats
offer-pauses = pause { $before } and { $after } min
offer-moved = { $name } is number { $place } now.
offer-drag = Drag to another place
offer-on = On
offer-off = Off
offer-copy = Copy the link of { $name }
offer-more = More for { $name }
offer-change = Change
offer-up = Move up
offer-down = Move down
offer-remove = Remove
offer-removing = Removing
offer-removed = { $name } is removed.
offer-remove-title = Remove { $name }?
offer-remove-note = It cannot be booked any more. What is booked stays.
offer-saved = { $name } is saved.
offer-name = Name
offer-name-missing = Give it a name.
offer-about = In a sentence
offer-about-hint = Clients read it before they choose.
offer-kind = For whom
offer-kind-talk = One person
offer-kind-group = A group
offer-length = Length
offer-before = Pause before
offer-after = Pause after
offer-pause-none = none
offer-seats-label = Seats
offer-pay = Price
offer-pay-before = Pay before
offer-pay-after = Pay after
offer-price = Price in { $currency }
offer-price-wrong = Write an amount, like 60 or 60.50.
offer-hours = Only at certain hours
offer-hours-note = These instead of the weekly hours. Single days, holidays and travel stay as they are. Draw on a bar or type.
offer-hours-missing = Open a day, or turn this off.
offer-hours-own = hours of its own
offer-cancel = Clients may move and cancel until
offer-cancel-hours = { $count ->
    [one] 1 hour before
   *[other] { $count } hours before
}
offer-cancel-always = it begins
offer-cancel-org = as everywhere here: { $rule }
offer-intake = Asked before booking
offer-forms = Signed before the call
offer-reminders = Reminders of its own
offer-can-be-booked = Can be booked

today-title = Today
today-week = Whole week
today-where = { $day }, times in { $city }
today-none = No appointments today.
today-copy-page = Copy the link of the booking page
today-in = in { $count } min
today-now = now
today-waiting-room = Open the waiting room
today-client = Client
today-letters = { $count ->
    [one] A letter did not arrive.
   *[other] { $count } letters did not arrive.
}
today-letters-open = Look

timetable-title = Timetable
timetable-note = Lessons of this room, times in { $city }. They stand in your week and nothing else can be booked then.
timetable-add = Add lessons
timetable-act = { $count ->
    [one] Add one lesson
   *[other] Add { $count } lessons
}
timetable-added = { $count ->
    [one] One lesson is on the timetable.
   *[other] { $count } lessons are on the timetable.
}
timetable-remove = Take { $when } off the timetable
timetable-next = Next lesson: { $day }, { $time } ({ $city }).
