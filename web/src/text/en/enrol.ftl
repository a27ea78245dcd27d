error-enrolment-unknown = This person is not on the list any more.
error-enrolment-limit = A room may have { $max } people on its list. Remove some who do not come any more.
error-enrolment-taken = { $email } is on the list already.
error-enrolment-only = Only enrolled students may come in. Open the link that your teacher sent to you.
error-enrolment-removed = You are not on the list of this class any more. Ask your teacher.
error-enrolment-replaced = Your link does not count any more. Ask your teacher for the new one.

## The list of a room

enrol-students = Students
enrol-title = Students
enrol-title-of = Students of “{ $title }”
enrol-lead = Who is on this list has a link of their own and is the same person in every lesson, with their answers, points and stars.
enrol-empty = Nobody is on the list yet
enrol-empty-note = Add the students who come regularly. Everybody else still comes in as a guest, with the link of the room.
enrol-count = { $count ->
    [one] { $count } person. Anybody who has the link is that student: send it only to them.
   *[other] { $count } people. Anybody who has a link is that student: send each one only to the person it belongs to.
}
enrol-name = Name
enrol-email = E-mail
enrol-email-hint = Nothing is sent to it. Students who open their link signed in with it are known on all their devices.
enrol-link = Link
enrol-role = Comes in as
enrol-never = has not come yet
enrol-seen = came { $when }
enrol-copy = Copy link
enrol-copy-of = Copy the link of { $name }
enrol-copy-all = Copy all links
enrol-link-copied = The link of { $name } is copied
enrol-all-copied = { $count ->
    [one] { $count } link is copied, with name and e-mail
   *[other] { $count } links are copied, with names and e-mails
}
enrol-more = More for { $name }
enrol-lessons = Lessons
enrol-change = Change
enrol-change-of = Change { $name }
enrol-new-link = New link
enrol-new-link-of = A new link for { $name }?
enrol-new-link-note = The link they have now stops working, on every device and in a class that goes on. You get the new one to send to them.
enrol-new-link-do = Make and copy it
enrol-new-link-making = Making it
enrol-remove = Remove
enrol-removed = { $name } is not on the list any more
enrol-undo = Undo
enrol-removed-list = { $count ->
    [one] { $count } person was removed
   *[other] { $count } people were removed
}
enrol-removed-when = removed { $when }
enrol-back = Bring back
enrol-back-of = Bring { $name } back
enrol-restored = { $name } is on the list again, with the same link

## Adding people

enrol-add = Add students
enrol-adding = Adding
enrol-add-count = { $count ->
    [one] Add { $count } person
   *[other] Add { $count } people
}
enrol-added = { $count ->
    [one] { $count } person is on the list now
   *[other] { $count } people are on the list now
}
enrol-names = Names
enrol-names-example = Lin Yue, lin@example.org
enrol-names-hint = One person a line, with an e-mail if you like. You can paste a column or a table.
enrol-new = { $count ->
    [0] Nobody new
    [one] { $count } new person
   *[other] { $count } new people
}
enrol-nobody = Write at least one name that is not on the list yet.
enrol-too-many = At most { $max } people can be added at once.
enrol-doubt-known = is on the list already
enrol-doubt-twice = stands here twice
enrol-doubt-long = the name is too long
enrol-doubt-email = the e-mail looks wrong
enrol-doubt-name = the name is missing

## How they come in

enrol-ways = Who comes in
enrol-pass-lobby = Enrolled students come in without waiting
enrol-pass-lobby-note = While others wait in the lobby. Counts from the next class on.
enrol-only = Only enrolled students may come in
enrol-only-note = Guests are told to open the link that you sent to them. Counts at once, but nobody who is inside has to go.
enrol-saved = Saved

## At the door, and in the class

enrol-you-are = You come in as
enrol-not-you = I am somebody else
enrol-signed-in = You are signed in as this student. Sign out to come in as somebody else.
enrol-not-taken = You are known here as somebody else, so this link was not taken. If it is yours, choose “I am somebody else” and open it again, or open it in a private window.
enrol-only-title = This class is for enrolled students
enrol-old-title = This link does not count any more
enrol-old-note = Your teacher has made a new one for you. Ask for it, or come in as a guest with the code of the class.
enrol-sign = enrolled
enrol-guest = guest

## Over lessons

report-absent = Absent
report-not-yet = Not here yet
report-list-came = { $came } of { $expected } on the list came ({ $share } %).
enrol-came-of = { $count ->
    [one] { $name }: { $count } lesson
   *[other] { $name }: { $count } lessons
}
enrol-came-share = Came to { $came } of { $lessons } lessons since they were put on the list ({ $share } %).
enrol-to-list = To the list
enrol-no-lessons = No lessons yet
enrol-no-lessons-note = Every lesson of this room stands here, with what they did in it.
enrol-lesson = Lesson
enrol-table = Every lesson in numbers
enrol-bars = How long they were there, lesson by lesson
