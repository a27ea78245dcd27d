# Recording a class: asking, agreeing, the mark that it goes on, and what cannot be done and why.

recording = Recording
recording-record = Record
recording-tip = Record this class, with everybody's yes
recording-asking = Asking
recording-asking-tip = See who answered, and start
recording-rec = REC
recording-paused = Paused
recording-mark-on = This class is being recorded. { $time }
recording-mark-paused = The recording is paused. { $time } so far
recording-mark-asking = Somebody asks to record this class
recording-own-all = Of you: { $kinds }
recording-own-none = Nothing of you is recorded
recording-own-open = You have not answered. Nothing of you is recorded

recording-kind-voice = Voice
recording-kind-camera = Camera
recording-kind-screen = Screen
recording-kind-chat = Chat
recording-kind-ink = Ink
recording-kind-voice-note = What you say
recording-kind-camera-note = Your picture
recording-kind-screen-note = What you share of your screen, with its sound
recording-kind-chat-note = What you write to everybody
recording-kind-ink-note = What you draw and write on the board

# Asking, for staff.
recording-ask-title = Record this class
recording-ask-note = Everybody is asked, and of nobody anything is kept without a yes. Who says no stays in class.
recording-ask-purpose = What is it for?
recording-ask-purpose-hint = Everybody reads this before answering.
recording-ask-purpose-missing = Say what it is for.
recording-ask-suggestions = Suggestions
recording-ask-suggest-review = To look at the class again
recording-ask-suggest-absent = For those who are absent today
recording-ask-suggest-teaching = To make the teaching better
recording-ask-kinds = What shall be recorded?
recording-ask-kinds-missing = Choose at least one.
recording-ask-kept = { $days ->
    [one] It is kept for one day, unless you change that in the room's settings.
   *[other] It is kept for { $days } days, unless you change that in the room's settings.
}
recording-ask-own = And you yourself?
recording-ask-send = Ask everybody
recording-ask-sending = Asking

recording-card-counts = { $agreed } of { $asked } agreed{ $declined ->
    [0] {""}
   *[other] , { $declined } said no
}{ $open ->
    [0] {""}
    [one] , 1 has not answered
   *[other] , { $open } have not answered
}
recording-card-note = Start whenever you like. Who has not answered can still do so, and is not recorded until then.
recording-card-all = Everybody answered.
recording-start = Start now
recording-starting = Starting
recording-cancel = Do not record
recording-pause = Pause the recording
recording-resume = Go on recording
recording-stop = Stop the recording
recording-stop-title = Stop the recording?
recording-stop-note = It can be watched a few seconds later. The class goes on.
recording-stopping = Stopping
recording-mark = Add a chapter here
recording-mark-title = A chapter from here
recording-mark-name = Its name
recording-mark-missing = Give it a name.
recording-mark-add = Add
recording-mark-adding = Adding
recording-mark-added = The chapter “{ $title }” begins here.
recording-answers = Who agreed
recording-answers-title = Who agreed to what
recording-answers-note = Everybody may change their answer at any time. Please ask nobody to explain theirs.
recording-answers-not_yet = Not answered
recording-answers-no = Said no
recording-answers-all = Agreed to all
recording-answers-some = Agreed: { $kinds }
recording-answers-seen = Has seen the red mark

# Being asked.
recording-asked-title = May this class be recorded?
recording-asked-title-on = This class is being recorded
recording-asked-who = { $name } asks: { $purpose }
recording-asked-why = You are asked: { $purpose }
recording-asked-kept = Kept until { $date }, then deleted.
recording-asked-text = The whole text
recording-asked-loading = The text is being fetched.
recording-asked-missing = The text could not be fetched, so nothing can be agreed to yet.
recording-asked-kinds = What may be recorded of you?
recording-asked-no = What if I say no? You stay in class as you are, with voice, picture and pen, and nothing of you is kept. Nobody asks you again.
recording-asked-unanswered = Choose yes or no for each, or one answer for all.
recording-yes = Yes
recording-no = No
recording-yes-all = Yes to all
recording-no-all = No to all
recording-send = Send my answers
recording-sending = Sending
recording-later = Answer later
recording-later-note = You have not answered yet. Nothing of you is recorded.
recording-answer = Answer
recording-answer-to = Answer about the recording
recording-answered-yes = Thank you. You can take it back at any time, under More.
recording-answered-no = Nothing of you is recorded.
recording-answered-some = Only this of you is recorded: { $kinds }.

# Own answers, later.
recording-mine = My recording answers
recording-mine-title = What is recorded of you
recording-mine-note = A no counts at once. What was recorded of you until now stays, unless you have it erased.
recording-mine-erase = Also erase what was recorded of me in what I say no to
recording-mine-erase-note = It cannot be brought back. The recording is made anew without it.
recording-mine-save = Save
recording-mine-saving = Saving
recording-mine-saved = Your answers were saved.
recording-mine-erased = What was recorded of you is erased.
recording-mine-same = Your answers stay as they are.
recording-mine-link = A link to keep
recording-mine-link-note = With it you can take your answers back after the class, without an account. Keep it for yourself.
recording-mine-link-copied = The link was copied. Keep it for yourself.

# Said and shown to everybody.
recording-say-asks = { $name } asks to record this class.
recording-say-on = The recording has begun.
recording-say-on-you = The recording has begun. Nothing of you is recorded until you answer.
recording-say-paused = The recording is paused.
recording-say-resumed = The recording goes on.
recording-say-off = The recording has ended.
recording-say-cancelled = The class is not recorded.
recording-say-ready = The recording can be watched.
recording-watch = Watch the recording
recording-banner-storage = The server has no space left, so the recording has ended
recording-banner-storage-note = What was recorded until now is kept. The class goes on.
recording-banner-restart = The recording ended when the server restarted
recording-banner-restart-note = What was recorded until then is kept.
recording-banner-limit = The recording became too long and has ended
recording-banner-limit-note = What was recorded is kept. Record anew if you need more.
recording-again = Record again

# Before the door of a class that is recorded.
recording-door-title = This class is recorded
recording-door-note = You come in only if you agree. Read what that means.
recording-door-live = This class is being recorded
recording-door-live-note = You are asked inside, and nothing of you is recorded before you answer.
recording-door-agree = I agree
recording-door-missing = Agree first, or do not come in.
recording-door-leave = Do not come in
recording-door-enrolled = This class is recorded. You agreed to that before.

# Settings of a room.
recording-settings = Recording
recording-policy = Who is asked
recording-policy-ask = Everybody is asked each time
recording-policy-required = Only who agrees comes in
recording-policy-never = Never recorded
recording-days = Days recordings are kept
recording-days-hint = Then they are deleted for good. At most { $max }.
recording-days-fault = Between 1 and { $max } days.
recording-remind = Days before the end to remind you
recording-members = Students on the list, and people with an account who took part, may watch

# What to press and know by keyboard.
room-key-record = Record, or pause the recording
recording-title = ● REC { $title }

# Catching up with what was missed.
recording-catch-up = Catch up with what I missed
recording-back-live = You are back in the class.

error-recording-none = Nothing is being recorded.
error-recording-running = A recording is on already.
error-recording-never = This room is never recorded.
error-recording-encrypted = This class is encrypted from end to end, so the server cannot record it. Record on your own device, or turn encryption off.
error-recording-storage = The server has no space left for recordings. The class goes on. Tell its operator.
error-recording-busy = The server is recording as many classes as it can. Try again later.
error-recording-nobody = Nobody has agreed yet.
error-recording-kind = That was not asked for.
error-recording-chapters = There are as many chapters as a recording can have.
error-recording-unknown = There is no such recording, or it is not for you.
error-recording-not_ready = It is still being made.
error-recording-changing = It is being made anew because somebody's part was removed.
error-recording-broken = Its files were damaged or changed, so it is not shown.
error-recording-held = It is kept for a legal reason. Lift the hold first.
error-recording-password = That is not the password.
error-recording-expired = This link has ended.
error-recording-cuts = These cuts do not fit.
error-recording-limit = The recording has become too long and was ended.
error-recording-share_unknown = This link is not there any more.
error-recording-share_limit = Too many links. End one first.
error-recording-export_unknown = This export is not there any more.
error-recording-export_failed = It could not be made. Try again.
error-recording-export_copy = The screens have no single form that could be copied.
error-recording-caption = This is no WebVTT file.
error-consent-text = The text has changed. Read it again.
error-consent-needed = This class is recorded. Agree, or do not come in.
error-consent-not_kept = Your answer could not be stored, so nothing of you is recorded.
error-consent-unknown = This link is not valid any more.
