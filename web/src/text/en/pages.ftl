# The pages around the class.
nav-main = Main
nav-home = Home
nav-rooms = Rooms
nav-settings = Settings
nav-account = Your account
sign-in = Sign in
sign-up = Create an account
sign-out = Sign out
loading = One moment
load-failed = This could not be loaded.

home-title-out = A classroom behind one link
home-lead-out = See and hear each other, and show your screen. In the browser, nothing to install.
home-picture = A class: a lesson on the stage and the faces of three people
code-label = Class code or link
code-placeholder = kfm-qtw-xyz
code-wrong = This is neither a class code nor a link to a class. A code looks like kfm-qtw-xyz.
code-enter = Join
code-title = Join another class
home-start = Start a class
home-start-note = To start a class of your own you need an account.

greeting-morning = Good morning, { $name }
greeting-day = Good afternoon, { $name }
greeting-evening = Good evening, { $name }
home-lead-live = { $count ->
    [one] One of your classes is running.
   *[other] { $count } of your classes are running.
}
home-lead-rooms = Your classes are ready when you are.
home-lead-desk = Your day, your classes, your recordings.
home-no-rooms = No classes besides the appointments. “Start a class now” opens one with a link that you can send.
home-lead-empty = Start your first class; it takes one press.
home-start-now = Start a class now
home-starting = Opening the class
home-live-now = Running now
home-live-since = since { $time }
home-inside = { $count ->
    [0] Nobody is inside.
    [one] One person is inside.
   *[other] { $count } people are inside.
}
home-ready = Ready
home-ready-note = Send the link, then open the class. Whoever has the link can join with a name.
home-open = Open the class
home-join = Join
home-your-rooms = Your rooms
home-all-rooms = All rooms
home-steps-title = How a class begins
home-step-1 = Start a class
home-step-1-note = You get a room with a link of its own. It stays the same for every lesson.
home-step-2 = Send the link
home-step-2-note = Students open it in their browser and write their name. They need no account.
home-step-3 = Teach
home-step-3-note = Talk, see each other, show your screen.
home-empty-title = No classes yet
home-empty-note = Your classes appear here, each with a link that you can send.
room-default-title = { $name }’s class

rooms-title = Rooms
rooms-lead = Each room has its own link. It stays the same for every lesson.
rooms-new = New room
rooms-new-title = A new room
rooms-title-label = What is taught here?
rooms-title-placeholder = Geometry, Year 8
rooms-title-missing = Give the room a name, so that students know where they are.
rooms-create = Create the room
rooms-creating = Creating
rooms-rename = Rename
rooms-rename-title = Rename the room
rooms-save = Save
rooms-saving = Saving
rooms-delete = Delete
rooms-delete-title = Delete “{ $title }”?
rooms-delete-note = The link stops working for everyone, and its recordings are deleted, too. This cannot be undone.
rooms-deleting = Deleting
rooms-deleted = “{ $title }” is deleted
rooms-end = End the class
rooms-end-title = End “{ $title }” for everyone?
rooms-end-note = Everybody leaves the class. The room and its link stay for the next lesson.
rooms-ending = Ending
rooms-ended = The class is ended
rooms-more = More for “{ $title }”
rooms-empty-title = No rooms yet
rooms-empty-note = Make a room, send its link, and meet there whenever you like.
rooms-created-on = Made on { $date }
rooms-code = Code { $code }
rooms-copy-of = Copy the link of “{ $title }”
link-copy-failed = The browser did not let us copy. The link is { $link }

sign-in-title = Sign in
sign-in-lead = For teachers and hosts. Students need no account, only the link.
sign-in-waiting = Signing in
sign-in-no-account = No account yet?
sign-up-title = Create an account
sign-up-lead = With an account you can start classes of your own.
sign-up-waiting = Creating
sign-up-have = Already have an account?
sign-up-closed-title = New accounts are not open here
sign-up-closed-note = Ask whoever runs this site for an account. With a link you can join a class without one.
setup-title = Welcome
setup-lead = Nobody has an account here yet. Yours is the first, and it may administer this site.
setup-create = Create the first account
setup-done-title = This site is already set up
setup-done-note = The first account exists. Sign in with it, or with your own.
field-email = E-mail
field-password = Password
field-password-hint = At least 10 characters. A few words in a row are easy to remember.
field-name = Your name
field-name-hint = As students see it.
field-name-missing = Write your name.
field-email-missing = Write your e-mail address.
field-password-missing = Write your password.
field-password-short = The password needs at least 10 characters.
password-show = Show the password
password-hide = Hide the password
already-in = You are signed in as { $name }.
to-home = Go to the start page

settings-title = Settings
settings-you = You
settings-look = Language and colours
settings-language-note = Dates and times follow the language. Times are in your zone, { $zone }.
settings-devices = Camera and sound
settings-devices-note = The choice is kept in this browser. You can change it before and during every class.
settings-sessions = Where you are signed in
settings-sessions-note = Sign out any device you do not know. Its access ends at once.
settings-this-device = This device
settings-since = Signed in on { $date }
settings-seen = last seen { $when }
settings-revoke = Sign out
settings-revoke-of = Sign out { $device }
settings-revoked = { $device } is signed out
settings-about = Classroom { $version }
device-unknown = Unknown device
device-on = { $browser } on { $system }

not-found-title = There is nothing at this address
not-found-note = The link may be cut or out of date. If you have a class code, you can still join.
room-unknown-title = There is no class with this code
room-unknown-note = Check the link with whoever sent it: one letter may be missing.
room-load-title = The class cannot be reached
