# When somebody can be booked, and calendars from elsewhere.

error-booking-zone = This is no time zone. Choose one from the list.
error-hours-wrong = These hours do not fit. Look at { $field ->
    [hours] the weekly hours
    [specials] the single days
    [away] the holidays
    [stays] the journeys: two may not share a day
    [zone] the time zone
    [notice_min] the notice
    [horizon_days] how far ahead can be booked
    [daily_max] the most a day
    [step_min] the grid of times
   *[other] the whole
}.
error-host-unknown = Nobody takes appointments here.
error-offer-unknown = This is not offered any more.
error-feed-address = This address cannot be read. It begins with https:// or webcal://.
error-feed-limit = No more than { $max } calendars. Remove one first.
error-feed-unknown = This calendar is not there.

hours-problem-broken = { $count ->
    [one] 1 entry says no time and is left out.
   *[other] { $count } entries say no time and are left out.
}
hours-problem-zone = { $count ->
    [one] 1 entry is in an unknown zone and read in yours.
   *[other] { $count } entries are in an unknown zone and read in yours.
}
hours-problem-range = { $count ->
    [one] 1 entry moves all that follow; only the first is moved here.
   *[other] { $count } entries move all that follow; only the first of each is moved here.
}
hours-feed-never-read = Cannot be read, { $since }: { $why } Nothing of it counts yet.
