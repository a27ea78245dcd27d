# Hands, the stage, locks and order.
error-stage-staff = { $name } leads the class and needs no place on stage.
error-stage-observer = { $name } only watches. Make them a student first.
error-floor-locked = { $name } cannot turn it on while it is locked. Bring them on stage.

floor-hands = Hands
floor-hands-count = { $count ->
    [one] One raised hand
   *[other] { $count } raised hands
}
floor-you = You
floor-waiting = waiting { $time }
floor-bring = Bring on stage
floor-bring-short = On stage
floor-bring-name = Bring { $name } on stage
floor-send-back = Back from the stage
floor-lower = Lower the hand
floor-lower-short = Lower
floor-lower-name = Lower the hand of { $name }
floor-lower-all = Lower all
floor-stage-with = On stage with
floor-stage-microphone = Microphone
floor-stage-camera = Camera
floor-stage-share = Sharing a screen
floor-stage-pen = Pen
floor-stage-note = on stage
floor-own-place = { $place ->
    [1] You are first in the queue
    [2] You are second in the queue
    [3] You are third in the queue
   *[other] You are number { $place } in the queue
}
floor-own-note = You can lower your hand at any time.
floor-hand-raise = Raise hand
floor-hand-up = Hand up
floor-hand-short = Hand
floor-hand-tip = Press H
floor-hand-of = { $name } raised a hand, number { $place }
room-key-hand = Raise and lower your hand
floor-say-raised = { $count ->
    [one] { $name } raised a hand
   *[other] { $name } raised a hand, { $count } waiting
}

floor-mute-all = Mute all
floor-muted-microphone = { $count ->
    [0] No student is heard
    [one] One student is muted
   *[other] { $count } students are muted
}
floor-muted-camera = { $count ->
    [0] No camera of a student is on
    [one] One camera is off
   *[other] { $count } cameras are off
}
floor-cameras-all-off = Turn all cameras off
floor-mute-name = Mute { $name }
floor-ask-name = Ask { $name } to unmute
floor-asked-name = { $name } was asked to unmute. Ask again
floor-asked-toast = { $name } is asked
floor-declined = { $name } would rather not speak now
floor-more-name = More for { $name }
floor-camera-off = Turn the camera off
floor-camera-ask = Ask for the camera
floor-spotlight-on = Show large for everyone
floor-spotlight-off = Show large no more
floor-spotlit = Large for everyone

floor-order = More order
floor-focus = Students see only you and the stage
floor-layout = Layout for everyone
floor-layout-on = Layout for everyone, on
floor-layout-free = Each chooses their own
floor-layout-lead = Everyone follows mine
floor-layout-say-focus = { $name } chose one large face for everyone
floor-layout-say-gallery = { $name } chose the gallery for everyone
floor-layout-say-side = { $name } chose side by side for everyone
floor-layout-say-follow = You follow the layout of { $name }
floor-whispers = Students may write to each other
floor-locks = Locked for students
floor-locked-word = locked
floor-open-word = open
floor-lock-microphones = Microphones
floor-lock-microphones-on = Microphones are locked. Press to open
floor-lock-microphones-off = Microphones are open. Press to lock
floor-lock-cameras = Cameras
floor-lock-cameras-on = Cameras are locked. Press to open
floor-lock-cameras-off = Cameras are open. Press to lock
floor-lock-shares = Screen shares
floor-lock-shares-on = Only teachers share. Press to open
floor-lock-shares-off = Students may share. Press to lock
floor-lock-chat = Chat
floor-lock-chat-on = The chat is locked. Press to open
floor-lock-chat-off = The chat is open. Press to lock
floor-lock-files = Files
floor-lock-files-on = Students send no files. Press to open
floor-lock-files-off = Students may send files. Press to lock
floor-lock-hands = Hands
floor-lock-hands-on = Hands are closed. Press to open
floor-lock-hands-off = Hands are open. Press to close
floor-lock-pens = Pens
floor-lock-pens-on = Only those you chose draw. Press to give all a pen
floor-lock-pens-off = Everyone may draw. Press to lock

floor-asks-microphone = The teacher asks you to unmute.
floor-asks-camera = The teacher asks you to turn your camera on.
floor-not-now = Not now
floor-on-stage = You are on stage.
floor-on-stage-note = You may speak now.
floor-leave-stage = Leave the stage
floor-silenced-muted = { $what ->
    [sound] The teacher turned the sound of your share off
    [microphone] The teacher muted you
    [camera] The teacher turned your camera off
   *[share] The teacher ended your share
}
floor-silenced-locked = { $what ->
    [sound] Microphones are locked, so the sound of your share is off
    [microphone] The teacher locked the microphones, so you are muted
    [camera] The teacher locked the cameras, so yours is off
   *[share] Only the teacher shares now, so your share has ended
}
floor-silenced-off-stage = You are back from the stage
floor-silenced-role = What you sent has ended, because your role is another now
floor-silenced-group = { $what ->
    [share] Your share has ended, because the class works in groups
   *[other] You are muted, because the class works in groups
}

# Reactions over faces.
floor-reactions = Students may react
react = React
react-tip = Press R
react-people = { $count } people
react-like = Like
react-love = Love
react-clap = Clap
react-laugh = Laugh
react-wow = Wow
react-party = Party
room-key-react = Reactions; then 1 to 6
react-say-like = { $count ->
    [1] { $name } likes it
   *[other] { $count } people like it
}
react-say-love = { $count ->
    [1] { $name } sends a heart
   *[other] { $count } people send hearts
}
react-say-clap = { $count ->
    [1] { $name } claps
   *[other] { $count } people clap
}
react-say-laugh = { $count ->
    [1] { $name } laughs
   *[other] { $count } people laugh
}
react-say-wow = { $count ->
    [1] { $name } is amazed
   *[other] { $count } people are amazed
}
react-say-party = { $count ->
    [1] { $name } celebrates
   *[other] { $count } people celebrate
}
