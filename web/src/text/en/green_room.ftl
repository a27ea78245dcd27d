# Before joining. The place is never named to people.
door-title = Before you join
door-with = with { $host }
door-you-teach = You teach this class
door-live-since = Running since { $time }
door-not-started = Not started yet
door-capacity-full = The class is full
inside-nobody = Nobody is inside yet. You can go in first.
inside-hosts-only = { $hosts } is inside
inside-hosts = { $count ->
    [one] { $hosts } and one other are inside
   *[other] { $hosts } and { $count } others are inside
}
inside-no-host = { $count ->
    [one] One person is inside. The teacher is not here yet.
   *[other] { $count } people are inside. The teacher is not here yet.
}
name-label = Your name
name-missing = Write your name so that others know you.
join = Join the class
join-listen = Join and listen
join-start = Start the class
join-waiting = Joining
join-waiting-devices = Waiting for camera and microphone
join-without = Without camera and microphone?
join-impossible = This browser cannot show the class

self-view = Camera and microphone
camera-good = Looking good
camera-starting = Starting the camera
camera-dark = The picture is black. Is something covering the camera?
camera-is-off = Your camera is off
microphone-mute = Mute
microphone-unmute = Unmute
camera-turn-off = Turn camera off
camera-turn-on = Turn camera on
microphone-level = Microphone level
hear-you = We hear you
hear-say-something = Say something
hear-muted = You are muted
hear-starting = One moment
hear-none = No microphone yet
hear-silent = No sound from this microphone. Choose another one, or check its switch.

microphone = Microphone
camera = Camera
speaker = Speaker
device-default = Default
device-none-microphone = No microphone
device-none-camera = No camera
device-hidden = Not allowed yet
device-microphone-n = Microphone { $n }
device-camera-n = Camera { $n }
device-speaker-n = Speaker { $n }
speaker-test = Test the sound
speaker-testing = Playing
speaker-heard = Three soft notes? If you heard none, choose another speaker.
speaker-failed = The sound could not be played here. Choose another speaker.

refusal-denied-both = The browser is not allowed to use your camera and microphone
refusal-denied-microphone = The browser is not allowed to use your microphone
refusal-denied-camera = The browser is not allowed to use your camera
refusal-denied-note = Press the sign at the left of the address bar, choose Allow, and come back here. Or join now and listen.
refusal-denied-how = Show me how
refusal-none-both = No camera and no microphone was found
refusal-none-microphone = No microphone was found
refusal-none-camera = No camera was found
refusal-none-note = Plug one in and it appears here by itself. Or join without it.
refusal-busy-both = Another program is using your camera and microphone
refusal-busy-microphone = Another program is using your microphone
refusal-busy-camera = Another program is using your camera
refusal-busy-note = Close the other program or tab and try again. Or choose another device below.
refusal-insecure = Camera and microphone work only on a secure page
refusal-insecure-note = The address must begin with https. Ask whoever sent the link for the secure one. You can join now, see and listen.
refusal-unsupported = This browser cannot use camera and microphone
refusal-unsupported-note = Open the link in a current Chrome, Edge, Firefox or Safari. You can join now, see and listen.
refusal-unknown = The camera and microphone did not start
refusal-unknown-note = Try again. If it stays, restart the browser, or join now and listen.
refusal-short-denied = Not allowed
refusal-short-none = None found
refusal-short-busy = In use elsewhere

how-title = Allow camera and microphone
how-chrome-1 = Press the sign with the two sliders, or the camera, beside the address.
how-chrome-2 = Switch Camera and Microphone on.
how-chrome-3 = Come back to this page and press Try again.
how-firefox-1 = Press the crossed-out camera or microphone at the left of the address.
how-firefox-2 = Remove the word Blocked beside Camera and Microphone.
how-firefox-3 = Press Try again and answer Allow.
how-safari-1 = On a computer open Safari, Settings for this website. On a phone press the sign left of the address, then Website settings.
how-safari-2 = Set Camera and Microphone to Allow.
how-safari-3 = Reload this page.
how-system = Still refused? The computer’s own privacy settings may keep the browser from camera and microphone.

net-checking = Checking your connection
net-checking-note = This takes two seconds.
net-good = Your connection is good.
net-good-note = Video, sound and screen will all be sharp.
net-fair = Your connection is fair.
net-fair-note = Sound will be clear. Pictures may soften now and then.
net-weak = Your connection is weak.
net-weak-note = Sound comes first; pictures may stop for a while. Sit closer to the router or use a cable.
net-offline = There is no connection.
net-offline-note = Check the network. As soon as it is back we check again.
net-blocked = This browser cannot show a class.
net-blocked-note = Open the link in a current Chrome, Edge, Firefox or Safari.
net-again = Check again
