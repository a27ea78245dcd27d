# Booking a time: the public pages.

book-title = Book a time
book-step-1 = Topic
book-step-2 = Time
book-step-3 = Details
book-talk-with = Talk with { $name }
book-offers-title = What would you like to talk about?
book-offers-none = Nothing can be booked here at the moment.
book-minutes = { $minutes } minutes
book-group-minutes = Group of up to { $seats }, { $minutes } minutes
book-place = Video call in the browser, nothing to install
book-price-free = Free
book-price-before = { $price }, paid when you book
book-price-after = { $price }, paid afterwards
book-stars = { $mean } of 5, { $count ->
    [one] one rating
   *[other] { $count } ratings
}
book-people-search = Look for a person or a topic
book-people-found = { $count ->
    [one] One person
   *[other] { $count } people
}
book-people-none = Nobody is called so, and nobody offers it.
book-free-now = Free now

book-zone = Times in { $place }, now { $time }
book-zone-change = Change
book-zone-change-title = Change the time zone
book-zone-search = City or zone
book-zone-none = No place of this name. Look for a larger city near you.
book-zone-changed = Times are in { $place } now.
book-month-before = Previous month
book-month-after = Next month
book-day-free = { $count ->
    [one] one free time
   *[other] { $count } free times
}
book-day-none = nothing free
book-month-none = Nothing is free in this month.
book-next-free = Next free time: { $day }
book-left = { $count } seats left
book-twin-first = summer time
book-twin-second = winter time
book-time-first = { $time } (summer time)
book-time-second = { $time } (winter time)
book-next = Next
book-from-to = { $from } to { $to }, { $place }
book-other-wall = { $name } sees it at { $time } in { $place }.

book-waiting-ask = Tell me when something is free
book-waiting-note = We write to you as soon as something becomes free in { $month }. The time is then kept for you for two hours.
book-waiting-press = Put me on the list
book-waiting-done = You are on the waiting list for { $month }.

book-details-title = A few details
book-email-wrong = This is no e-mail address. It looks like name@example.com.
book-field-missing = Answer this.
book-optional = { $label } (optional)
book-choose = Choose
book-yes = Yes
book-no = No
book-voucher = Voucher
book-reminders = Remind me a day and an hour before. You can stop this at any time.
book-privacy = Your answers go to { $name } alone.
book-back = Back
book-sending = Sending
book-press = Book { $when }
book-not-sent = There is no connection. Everything you wrote is kept; try again in a moment.
book-gone-kept = Everything you wrote is kept. Next free times:
book-all-times = All times
book-confirm-title = One more step
book-confirm-text = We sent six digits to { $email }. Type them here, or open the link in the letter.
book-confirm-until = The time is kept for you until { $time }.
book-digits = Six digits
book-digits-send = Confirm
book-digits-again = Send a new letter
book-digits-mailed = A letter is on its way
book-done-title = You are booked
book-done-mailed = We sent everything to { $email }.

book-nothing-title = This link leads nowhere
book-nothing-text = It may be old or cut off. The newest letter has the right one.

mine-title = Your appointment
mine-when = { $day }, { $from } to { $to } in { $place }.
mine-state-unconfirmed = Not confirmed yet
mine-state-unpaid = To be paid
mine-state-booked = You are booked
mine-state-live = It has begun
mine-state-held = Thank you for coming
mine-state-missed = This was missed
mine-state-cancelled = This is cancelled
mine-state-lapsed = The time was not kept
mine-word-unconfirmed = To be confirmed
mine-word-unpaid = To be paid
mine-word-booked = Booked
mine-word-live = Now
mine-word-held = Held
mine-word-missed = Missed
mine-word-cancelled = Cancelled
mine-word-lapsed = Not kept
mine-in-days = In { $count } days.
mine-in-hours = In { $count } hours.
mine-in-minutes = { $count ->
    [one] In one minute.
   *[other] In { $count } minutes.
}
mine-join-open = We check camera and sound with you, then you wait here.
mine-join-later = Come back with this link a few minutes before. We check camera and sound with you.
mine-join = Check and wait
mine-move = Move
mine-move-title = Choose another time
mine-move-here = Move here
mine-move-not = Keep the time
mine-moved = It is moved.
mine-cancel = Cancel
mine-cancel-title = Cancel the appointment?
mine-cancel-text = { $name } is told, and others can book the time.
mine-cancel-why = Why
mine-cancel-not = Keep it
mine-cancel-press = Cancel it
mine-change-until = Move or cancel yourself until { $day }, { $time }.
mine-back = You get { $amount } back ({ $percent } %).
mine-back-none = It is too late for a refund: nothing is paid back.
mine-back-package = The appointment goes back to your package if you are in time.
mine-back-unpaid = Nothing was paid yet.
mine-back-free = It costs nothing.
mine-calendar = Add to calendar
mine-copy = Copy your private link
mine-all = All your appointments
mine-keep = Keep in the account of { $name }
mine-kept = It is kept in your account.
mine-link-new = Make a new private link
mine-link-new-done = The old link does not work any more.
mine-ticket-note = With the link alone we show only when and with whom.
mine-show-more = Show everything
mine-digits-title = Is it you?
mine-digits-text = We sent six digits to the address that booked. Type them here.
mine-summary = Summary
mine-files = Files
mine-again = Book the next time
mine-rate-title = How was it with { $name }?
mine-rated = Thank you for your rating.
mine-stars = { $count ->
    [one] One star
   *[other] { $count } stars
}
mine-rate-comment = A few words
mine-rate-show = This may be shown on the public page, without my name.
mine-rate-send = Send the rating
mine-paid = Paid: { $amount }
mine-returned = Paid back: { $amount }
mine-owed = To be paid: { $amount }
mine-receipt = Receipt

mine-page-title = Your appointments
mine-coming = Coming
mine-coming-none = Nothing is booked.
mine-past = Past
mine-waiting = On the waiting list
mine-waiting-leave = Leave the list
mine-packages = Packages
mine-package-left = { $left } of { $total } left, until { $day }
mine-invoices = Receipts and invoices
mine-forget = Forget me on this browser
mine-forget-title = Forget you on this browser?
mine-forget-note = For a computer that is not yours: this browser will not know you any more, you are signed out, and what you typed here is gone. Your appointments stay, and the links in your letters still open.
mine-forgetting = Forgetting you
mine-forgotten = This browser does not know you any more.
mine-forgotten-note = Addresses you opened may still stand in its history: close all windows, and clear the history if it is not your computer.
mine-empty-title = Nothing here yet
mine-empty-text = Appointments you book in this browser are shown here. Open a private link to see one you booked elsewhere.
mine-person = About you
mine-reminders = Remind me a day and an hour before
mine-edit = Change name or phone
mine-phone = Phone
mine-save = Save
mine-export = Ask for a copy
mine-export-note = { $name } prepares a copy of everything they have about you, and sends it to you.
mine-erase = Ask to be forgotten
mine-erase-note = { $name } is asked to erase everything about you: appointments, answers, files, notes. What the law makes them keep, such as invoices, stays without your answers. It cannot be undone.
mine-wish-press = Ask
mine-wish-sent = { $name } was asked.
mine-next = Your next appointment
mine-open = Open
mine-signed = What you signed
mine-take-back = Take back
mine-taken-back = It is taken back. They are told, and ask you again before the next appointment.
