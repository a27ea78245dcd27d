# Letters: why one cannot be sent or written so.

error-letter-unknown = This letter is not there.
error-letter-word = There is no such word: { $word }.
error-letter-once = This letter cannot be sent again. Write a new one.
error-mail-none = No mail server is set, so nothing was sent.

letters-state = Show
letters-all = All letters
letters-empty = No letters yet
letters-empty-note = Every letter to people who book with you stands here, and what became of it.
letters-no-server = No mail server is set, so nothing is sent. Letters stand here with what they would say.
letter-to = to { $name }, { $email }
letter-again = Send again
letter-sending = Sending …
letter-goes-again = It is on its way again.
letter-state-waiting = Waits
letter-state-begun = On its way
letter-state-sent = Sent
letter-state-failed = Not sent
letter-state-perhaps = Perhaps sent
letter-state-none = No server
letter-state-dropped = Dropped
letter-reason-address = There is no such address.
letter-reason-refused = The mail server did not take it.
letter-reason-sender = The mail server does not take letters from our address.
letter-reason-later = The mail server takes it later; it is tried again.
letter-reason-server = The mail server cannot be reached; it is tried again.
letter-reason-tls = The mail server offers no protected line.
letter-reason-login = The mail server does not accept our password.
letter-reason-cut = The line to the mail server was cut; it is tried again.
letter-reason-stopped = The machine stopped while it was sent. It may have arrived.
letter-reason-given_up = Nobody took it in time.
letter-reason-late = It would have come too late.
letter-reason-moved = The appointment was moved.
letter-reason-cancelled = The appointment was cancelled.
letter-reason-over = It was over already.
letter-reason-off = Reminders are not wanted.
letter-reason-summary = A summary was sent instead.
letter-reason-none = No mail server is set.
letter-reason-ours = A fault on our side.

org-tab-letters = Letters
reminder-title = Reminders
reminder-note = Sent to whoever has an appointment, from the next booking on. One that would come too late is left out.
reminder-none = Nobody is reminded.
reminder-before = How long before
reminder-how = How
reminder-by-mail = By mail
reminder-by-webhook = By another system (webhook)
reminder-minutes = { $count ->
    [one] 1 minute before
   *[other] { $count } minutes before
}
reminder-hours = { $count ->
    [one] 1 hour before
   *[other] { $count } hours before
}
reminder-days = { $count ->
    [one] 1 day before
   *[other] { $count } days before
}
reminder-add = Add a reminder
reminder-remove = Remove
letter-texts = What letters say
letter-texts-note = Each kind of letter in each language. Whoever gets one reads it in their own.
letter-kind = Letter
letter-kind-own = { $name } (own words)
letter-subject = Subject
letter-text = Text
letter-text-hint = An empty line begins a paragraph. {"{"}facts{"}"} alone in one becomes a table, {"{"}link{"}"} a button.
letter-words = Words that stand for what it is about
letter-ours = Back to our words
letter-preview = How it reads
letter-kind-made = Booked
letter-kind-confirm = Please confirm
letter-kind-moved = Moved
letter-kind-cancelled = Cancelled
letter-kind-reminder = Reminder
letter-kind-lesson = Reminder of a lesson
letter-kind-offered = A time became free
letter-kind-series = Several booked
letter-kind-summary = Summary
letter-kind-receipt = Receipt
letter-kind-invoice = Invoice
letter-kind-rating = How was it
letter-kind-missed = Missed
letter-kind-digits = Digits
letter-kind-feed_broken = Calendar cannot be read (to the team)
letter-kind-zone_drifted = Clock of a zone changed (to the team)
letter-kind-erased = Erased
letter-kind-host_made = New booking (to the team)
letter-kind-host_moved = Moved (to the team)
letter-kind-host_cancelled = Cancelled (to the team)
letter-kind-host_emptied = Nobody left in a group (to the team)
letter-kind-host_series = Booked again and again (to the team)
