# In the class.
room-joining = Joining the class
room-title-unread = ({ $count }) { $title }
room-list-comma = ,{" "}

room-clock = Lesson time
room-layout = Layout
room-view-focus = Focus
room-view-gallery = Gallery
room-view-side = Side by side
room-full = Full screen
room-full-off = Leave full screen

room-stage = Stage
room-faces = Faces
room-everyone = everyone
room-show-everyone = { $count ->
    [one] Show everyone, one more person
   *[other] Show everyone, { $count } more people
}
room-name-you = { $name } (you)
room-muted = Muted
room-microphone-on = Microphone on
room-away = reconnecting
room-speaking = speaking
room-camera-off = camera off
room-pinned = Large for you
room-pin = Show { $name } large
room-unpin = Stop showing { $name } large
room-role-host = Teacher
room-role-assistant = Assistant
room-role-observer = Observer
room-sharing = Shares a screen
room-sharing-note = shares a screen

room-call = Call
room-panels = Panels
room-invite = Invite
room-invite-long = Copy the invitation link
room-mute = Mute
room-unmute = Unmute
room-starting = Starting
room-microphone-tip = Press M, or hold the space bar to speak
room-camera-start = Start camera
room-camera-stop = Stop camera
room-camera-tip = Press V
room-share = Share
room-share-long = Share a screen
room-share-tip = Press S
room-share-choosing = Choosing
room-share-stop = Stop share
room-more = More
room-leave = Leave
room-people = People
room-chat = Chat
room-chat-unread = { $count ->
    [one] One new message
   *[other] { $count } new messages
}
room-say-joined = { $name } joined
room-say-left = { $name } left
room-say-wrote = { $name } wrote: { $text }
room-say-shares = { $name } shares a screen
room-say-muted = You are muted
room-say-unmuted = You can be heard
room-say-camera-on = Your camera is on
room-say-camera-off = Your camera is off

room-share-title = Share a screen, a window or a tab
room-share-mode = What it is for
room-share-text = Text
room-share-text-note = Sharp letters for slides, code and exercises
room-share-motion = Motion
room-share-motion-note = Smooth movement for videos and demonstrations
room-share-sound = With its sound
room-share-sound-note = Tabs have sound in Chrome and Edge; tick the box in the browser’s own window. Windows have none.
room-share-choose = Choose what to share
room-share-on = Everyone sees your screen
room-share-yours = You are sharing your screen
room-share-with-sound = with sound
room-share-taken = { $name } is showing a screen. When that ends you can share.
room-share-failed-unsupported = This browser cannot share a screen. Open the class on a computer in Chrome, Edge, Firefox or Safari.
room-share-failed-other = The share did not start. Try again, or choose another window.
room-screen-of = { $name } shares a screen
room-screen-coming = The screen of { $name } is coming
room-screen-full = Stage in full screen

room-chat-none = Nothing written yet. Everyone in the class reads what is written here.
room-chat-send = Send
room-chat-sending = sending
room-chat-refused = Not sent.
room-chat-discard = Discard
room-chat-closed = Only the teacher writes here.

room-sound-picture = Sound and picture
room-level-muted = You are muted. Only you see this line.
room-level-off = The microphone is off.
room-choose-another = Choose another
room-shortcuts = Keyboard
room-key-space = Space
room-key-hold = Speak while held
room-key-microphone = Mute and unmute
room-key-camera = Camera
room-key-share = Share a screen
room-key-board = Board on and off the stage
room-key-layout = Next layout
room-key-full = Full screen
room-key-help = This sheet
room-key-escape = Close what is open
room-keys-on = Single letters are shortcuts

room-full-stop = .
room-refusal-denied = Press the sign at the left of the address bar, choose Allow, and try again.
room-refusal-none = Plug one in and try again.
room-refusal-busy = Close the other program or tab and try again, or choose another device under More.
room-refusal-insecure = The address must begin with https. You can see and listen here.
room-refusal-unsupported = Open the class in a current Chrome, Edge, Firefox or Safari. You can see and listen here.
room-refusal-unknown = Try again, or choose another device under More.

room-reconnecting = Reconnecting.
room-reconnecting-note = Your seat and what you wrote are kept.
room-slow = The connection for messages is slow; sound goes on.
room-media-broken = Sound and picture are interrupted.
room-media-broken-note = They come back by themselves in a moment.
room-media-obstructed-note = This network seems to hold them back (UDP). Try another one, such as a phone’s. You can read and write meanwhile.
room-media-refused = There is no sound and no picture.
room-unsupported = This browser cannot carry sound and picture.
room-unsupported-note = You can read and write. For the rest open the link in a current Chrome, Edge, Firefox or Safari.
room-silent = The browser keeps the sound off.
room-silent-note = It waits for a press from you.
room-sound-on = Turn sound on
room-speaking-muted = You are speaking, but muted
room-no-signal = No sound from your microphone.
room-no-signal-note = It may be switched off, or another program may be using it.
room-holding = You are heard.
room-holding-note = Let go of the space bar to be muted again.
room-alone = Nobody else is here yet.
room-alone-note = Send the link to whoever should come.

room-end-title = End “{ $title }” for everyone?
room-end-note = The class goes on without you if you only leave.
room-stay = Stay
room-end-all = End for everyone
room-ending = Ending

room-left = You have left
room-left-note = “{ $title }” goes on. Your place is kept for a while.
room-join-again = Join again
room-home = Home
room-onward = What comes next
room-ended = The class has ended
room-ended-note = “{ $title }” is over. You can close this page.
room-ended-note-plain = It is over for everyone. You can close this page.
room-replaced = You went on in another tab
room-replaced-note = This one has stopped, so that you are here only once.
room-use-here = Use here
room-refused = You could not come in
room-taken = You are already in this class
room-taken-note = Another tab or device of yours is in the class. You can be here only once. Which one shall go on?
room-taken-use = Use it here
room-taken-stay = Stay in the other
