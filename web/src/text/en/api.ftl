# Webhooks and API tokens in the settings, and the reference of the API.

error-token-browser = A program cannot do this with a token. Do it in the browser.
error-token-empty = Give the token a name, so that you know it again.
error-token-invalid = This token does not count any more. Make a new one in the settings.
error-token-limit = There are { $max } tokens already. Delete one first.
error-token-long = The name of the token is too long. It may have { $max } characters.
error-token-scope = This token may only read. Use one that may change things.
error-token-unknown = This token is not there any more.

hook-title = Webhooks
hook-note = Other systems hear of your classes: a signed message is sent to an address of theirs when something happens.
hook-empty = Nobody hears of your classes yet. Add the address of a system that should: a calendar, a school’s records, a script of your own.
hook-new = Add a webhook
hook-new-title = New webhook
hook-url = Address
hook-url-hint = Messages are sent to it with POST. It must be reachable from the internet.
hook-room = Of which room
hook-room-all = All rooms
hook-room-gone = A room that is gone
hook-kinds = What it hears of
hook-kinds-all = everything
hook-kinds-missing = Choose at least one thing it hears of.
hook-kind-room-created = A room was made
hook-kind-room-deleted = A room was deleted
hook-kind-lesson-started = A lesson began
hook-kind-lesson-ended = A lesson ended
hook-kind-participant-joined = Somebody came
hook-kind-participant-left = Somebody left
hook-kind-hand-raised = A hand was raised
hook-kind-poll-closed = A question was closed
hook-kind-file-added = A file was sent to the class
hook-kind-recording-ready = A recording can be watched
hook-kind-recording-expiring = A recording ends soon
hook-kind-recording-deleted = A recording was deleted
hook-kind-webhook-test = Test
hook-add = Add
hook-adding = Adding…
hook-made = The webhook is ready
hook-made-note = Messages are signed with this secret. The system that gets them checks with it that they are from here.
hook-on = On
hook-off = Off
hook-failing = Messages are not taken. It began { $when }.
hook-deliveries = Last messages
hook-deliveries-empty = Nothing was sent yet.
hook-test = Send a test
hook-testing = Sending…
hook-test-sent = A test is on its way
hook-test-off = Switch the webhook on to try it.
hook-state-waiting = Waiting
hook-state-taken = Taken
hook-state-failed = Given up
hook-attempts = { $count ->
    [one] Tried once.
   *[other] Tried { $count } times.
}
hook-next = Next try at { $time }.
hook-why-status = Answered { $status }.
hook-why-inside = The address leads into a private network.
hook-why-address = The address cannot be used.
hook-why-off = The webhook was off.
hook-why-ours = A fault of this server.
hook-why-name = There is no such address.
hook-why-late = It did not answer within 10 seconds.
hook-why-certificate = Its certificate is not valid.
hook-why-refused = Nothing answers at this address.
hook-why-other = The connection broke off.
hook-delete = Delete
hook-delete-of = Delete the webhook to { $url }
hook-delete-title = Delete this webhook?
hook-delete-note = Nothing more is sent to { $url }, not even what waits now.
hook-deleting = Deleting…
hook-deleted = The webhook is deleted

token-title = API tokens
token-note = A program with a token works with your rooms, their students and files, lessons, reports and webhooks, as you do.
token-none = No program acts for you. Make a token for one that should.
token-new = Make a token
token-new-title = New token
token-name = Name
token-name-hint = For you, to know it again: the program it is for.
token-scope = What it may do
token-scope-read = Read
token-scope-write = Read and change
token-may-read = It sees rooms, students, files, lessons, reports and webhooks, and changes nothing.
token-may-write = It may also make, change and delete rooms, students, files and webhooks, and has the students’ own links.
token-lifetime = Valid for
token-days = { $days } days
token-for-ever = Until I delete it
token-make = Make it
token-making = Making it…
token-made = The token is ready
token-made-note = Give it to the program. Whoever has it can do what you allowed.
token-used = used { $when }
token-unused = not used yet
token-until = valid until { $date }
token-over = Expired
token-delete = Delete
token-delete-of = Delete the token { $name }
token-delete-title = Delete the token { $name }?
token-delete-note = The program that has it is shut out at once.
token-deleting = Deleting…
token-deleted = { $name } opens nothing any more

once-copy = Copy
once-copied = Copied
once-copy-failed = The browser does not let us copy. Select it and copy it yourself.
once-warning = It is shown only now. Keep it somewhere safe.
once-done = I have it

api-link = How programs use it
api-title = API
api-lead = Everything a program can ask of this server.
api-how = Rooms, their students and files, lessons, reports and webhooks are open to programs. Make a token and send it with each request.
api-how-settings = Tokens are in the settings.
api-machine = For machines (OpenAPI 3.1):
api-search = Find a request
api-found = { $count ->
    [0] Nothing found
    [one] 1 request
   *[other] { $count } requests
}
api-parameters = In the address
api-body = Body
api-answer = Answer { $status }
api-answer-none = Nothing else.
api-refusals = May be refused with
api-try = Try it
api-asker-token = For programs with a token, and for a browser that is signed in.
api-asker-session = For a browser that is signed in; no token opens it.
api-asker-browser = For a browser; no token opens it.
api-asker-seat = For somebody who is in the class: shown is the seat’s token.
api-asker-anybody = For everybody.
