# An organisation that takes appointments: people, words, texts, rules, who opened what.

error-organisation-unknown = This does not exist, or is not yours.
error-organisation-slug = This address is taken. Choose another.
error-organisation-limit = No more than { $max } are possible.
error-member-unknown = This person is not in the team.
error-member-last = Somebody has to be administrator. Give the role to somebody else first.
error-member-invite = This invitation has ended. Ask for a new one.

org-tab-people = People
org-tab-texts = Name and texts
org-tab-intake = Questions
org-tab-forms = To be signed
org-tab-rules = Rules
org-tab-audit = Who opened what
org-save = Save
org-saving = Saving …
org-saved = Saved.

org-begin = Take appointments
org-beginning = One moment …
org-begun = You can take appointments now. Your page is ready.
org-begin-note = Three answers, and people can book with you. Everything can be changed later.
org-begin-what = What do you offer?
org-begin-when = When can people come?
org-begin-where = Where are you?
org-vertical = Field of work
org-vertical-general = Something else
org-vertical-education = Teaching
org-vertical-health = Health
org-vertical-psychology = Counselling
org-first-offer = What can be booked
org-first-offer-general = Appointment
org-first-offer-education = Lesson
org-first-offer-health = Visit by video
org-first-offer-psychology = First talk
org-length = How long
org-minutes = { $count } minutes
org-from = From
org-to = To
org-zone = Time zone
org-name = Name
org-name-hint = Your own, or that of your practice or school. It stands on the page people book on.

org-people-note = Administrators see everything. Reception books, lets in and takes payments, without notes and private answers. Counsellors see their own clients.
org-role = May do
org-role-of = What { $name } may do
org-role-admin = Administrator
org-role-reception = Reception
org-role-counsellor = Counsellor
org-role-admin-note = People, calendars, money and texts of all.
org-role-reception-note = Books and lets in for everybody; no notes, no private answers.
org-role-counsellor-note = Own calendar and own clients.
org-you = { $name } (you)
org-invite = Invite somebody
org-invite-note = You get a link to send them. It is good once, for 14 days; whoever opens it needs an account here.
org-invite-name = Who it is for
org-invite-make = Make the link
org-inviting = Making the link …
org-invite-copy = Copy link
org-invite-drop = Take back the invitation of { $name }
org-invited = Invited
org-invited-until = good until { $day }
org-remove = Remove
org-removing = Removing …
org-remove-name = Remove { $name }
org-remove-title = Remove { $name } from the team?
org-remove-note = All rights end at once. Appointments that are booked stay.
org-leave = Leave the team
org-leave-title = Leave this team?

org-invited-title = You are invited
org-invited-by = { $name } invites you into the team.
org-invited-accept = Come in
org-invited-accepting = One moment …
org-invited-sign-in = Sign in or make an account first. Then open the link again.

org-page = People book on
org-page-copy = Copy address
org-slug = Address of your page
org-slug-hint = Small letters, digits and dashes. Links with the old address open nothing any more.
org-locale = Language
org-locale-en = English
org-locale-zh-CN = 中文
org-about = What your page says
org-about-hint = A few sentences about you and what people can expect.
org-address = Name and address on receipts
org-words = Words
org-words-note = What you call people and talks. Empty: the words of your field of work.
org-word-client = Who comes, one
org-word-clients = Who comes, several
org-word-host = Who they come to, one
org-word-hosts = Who they come to, several
org-word-talk = What they have, one
org-word-talks = What they have, several

org-intake-note = New offers begin with these questions. Each offer can have its own.
org-intake-empty = Nothing is asked.
org-intake-add = Add a question
org-intake-label = Question
org-intake-kind = Answer
org-intake-kind-text = One line
org-intake-kind-long = Several lines
org-intake-kind-choice = One of a list
org-intake-kind-several = Several of a list
org-intake-kind-number = A number
org-intake-kind-date = A day
org-intake-kind-yes_no = Yes or no
org-intake-choices = The list, one a line
org-intake-help = Help, below the question
org-intake-required = Must be answered
org-intake-private = Reception does not see the answer
org-intake-reason = Why they come: shown in the waiting room
org-intake-up = Move “{ $label }” up
org-intake-down = Move “{ $label }” down
org-intake-remove = Remove “{ $label }”

org-forms-note = Texts people sign before a talk. Which of them, each offer says.
org-forms-empty = Nothing has to be signed
org-forms-empty-note = Write a text, then choose it at an offer. A change is a new version, which is signed anew.
org-form-new = New text
org-form-change = Change the text
org-form-change-note = This becomes a new version. Who signed the one before is asked again before the next talk.
org-form-version = Version { $number }, since { $day }
org-form-on = Can be asked for
org-form-title = Title
org-form-text = Text

org-terms-hours = Until how many hours before people may move or cancel by themselves
org-terms-moves = How often they may move
org-refund = What comes back to whoever cancels
org-refund-hours = Hours before
org-refund-percent = Percent back
org-refund-add = One more step
org-refund-remove = Remove
org-refund-remove-name = Remove step { $number }
org-refund-until = { $hours ->
    [0] Until it begins { $percent } % come back.
    [one] Until 1 hour before { $percent } % come back.
   *[other] Until { $hours } hours before { $percent } % come back.
 }
org-refund-then = { $hours ->
    [0] After that until it begins { $percent } %.
    [one] After that until 1 hour before { $percent } %.
   *[other] After that until { $hours } hours before { $percent } %.
 }
org-refund-later = Later nothing comes back.
org-refund-nothing = Nothing comes back to whoever cancels.
org-refund-wrong = Refunds: write whole numbers, up to 1440 hours and 100 percent, each hour once; the later somebody cancels, the less comes back.
org-refund-note = When your side cancels, everything comes back. An offer can have a rule of its own.
org-confirms = Must a booking be confirmed by mail?
org-confirms-off = No
org-confirms-unknown = New addresses
org-confirms-always = Always
org-recording = Recording of talks
org-notes-months = How many months notes are kept
org-notes-months-hint = 0: until somebody deletes them.
org-rules-number = Write whole numbers: up to 1440 hours, 50 moves, 600 months.
org-switch-reception_reads_intake = Reception sees private answers, too
org-switch-admins_read_notes = Administrators read everybody’s notes
org-switch-notes_in_export = What a person takes away holds the notes about them
org-switch-keeps_invoice_names = Names stay on invoices when a person is erased, as the tax office may ask
org-switch-missed_is_charged = Who does not come pays

org-audit-note = Every opening of a person, their notes and files is written down and kept for three years.
org-audit-empty = Nothing was opened yet
org-audit-table = Take away as a table
org-audit-whom = See who
org-opened-client-see = opened a person
org-opened-client-history = looked at a person’s files, recordings and consents
org-opened-client-change = changed a person
org-opened-client-hand-over = handed a person on
org-opened-client-merge = merged two people
org-opened-client-export = had a person’s data put together
org-opened-client-erase = erased a person
org-opened-notes-read = read notes
org-opened-notes-remove = deleted a note
org-opened-members-change = changed the team
org-opened-organisation-change = changed the organisation
org-opened-forms-change = changed a text to be signed
org-opened-files-read = opened a file
org-opened-booking-see = opened an appointment
org-opened-letter = read a letter
org-opened-invoice-refund = gave money back
org-opened-invoice-void = took an invoice off
org-opened-payments-change = changed how people pay
org-opened-feed-address = made a new calendar address
