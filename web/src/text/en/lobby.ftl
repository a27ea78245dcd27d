error-lobby-waiting = The teacher lets you in in a moment.
error-lobby-refused = The teacher did not let you in. You can ask again in a minute.
error-lobby-crowded = { $max } people from this browser or account are waiting already. Close the other tabs, or wait until they are let in.
error-room-locked = The class is locked, so nobody new comes in. Ask the teacher to open it.
error-seat-removed = You were removed from this class and cannot come back until it ends.
error-role-above = { $name } leads this class. Only a teacher may do that.
error-role-fixed = This role cannot be changed here.

## In front of the door

lobby-wait = The teacher lets you in
lobby-wait-as = You are waiting as { $name }. Keep this page open.
lobby-wait-note = Keep this page open.
lobby-wait-leave = Do not wait
lobby-removed = You were removed

## For teachers

lobby-waiting = Waiting
lobby-waiting-count = { $count ->
    [one] { $count } person is waiting
   *[other] { $count } people are waiting
}
lobby-waits = waiting { $time }
lobby-say-waits = { $count ->
    [one] { $name } is waiting to come in
   *[other] { $name } is waiting to come in, { $count } in all
}
lobby-admit = Admit
lobby-admit-name = Admit { $name }
lobby-admit-all = Admit all
lobby-turn-away = Turn { $name } away
lobby-switch = Newcomers wait in the lobby
lobby-on-toast = Newcomers wait now until you let them in
lobby-off-toast = Everybody with the link comes straight in now
lobby-lock = Lock the class
lobby-lock-toast = The class is locked. Who was here can still come back.
lobby-open-toast = The class is open again
lobby-make-assistant = Make assistant
lobby-make-student = Make student
lobby-make-observer = Make observer
lobby-role-toast-assistant = { $name } helps you lead the class now
lobby-role-toast-student = { $name } is a student now
lobby-role-toast-observer = { $name } only watches now
lobby-remove = Remove from the class
lobby-remove-title = Remove { $name } from the class?
lobby-remove-note = They cannot come back in this class.
lobby-remove-keep = Keep
lobby-remove-do = Remove
lobby-removed-toast = { $name } was removed

## A room's settings

lobby-settings = Lobby, size, recording
lobby-settings-title = Settings of { $title }
lobby-settings-note = This counts from the next class on. In a class you change the lobby in the people panel.
lobby-settings-saved = Saved for the next class
lobby-capacity = People at most
lobby-capacity-hint = Leave it empty for the usual number.
lobby-capacity-fault = Write a number from 1 to { $max }, or nothing.
