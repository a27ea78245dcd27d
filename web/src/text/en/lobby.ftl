error-lobby-waiting = The teacher lets you in in a moment.
error-lobby-refused = The teacher did not let you in. You can ask again in a minute.
error-room-locked = The class is locked, so nobody new comes in. Ask the teacher to open it.
error-seat-removed = You were removed from this class and cannot come back until it ends.
error-role-above = { $name } leads this class. Only a teacher may do that.
error-role-fixed = This role cannot be changed here.
