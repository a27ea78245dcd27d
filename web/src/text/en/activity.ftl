# Activities on the stage
activity-controls = Activity
activity-frame = Activity: { $name }
activity-draw = Draw on it
activity-use = Use it
activity-again = Begin this copy anew
activity-note = It cannot see your class
activity-note-long = This activity was sent by the teacher. It runs by itself: it cannot see the class, your name, your account or other pages. What it keeps is shared with everybody here. It may tell its maker what is put into it and where you connect from: type nothing secret into one from a stranger.
activity-stopped = This activity was stopped on this screen: it kept taking the keyboard from what you wrote.
activity-empty = Begin anew for everybody
activity-empty-title = Begin this activity anew for everybody?
activity-empty-note = What it keeps is taken away, from every copy. What was drawn on it stays.
activity-emptying = Taking away
activity-emptied = It keeps nothing any more
error-activity-unknown = This activity is not on the stage any more.
error-activity-full = This activity keeps more than { $kilobytes } kB. A teacher can begin it anew for everybody.
error-activity-busy = This activity sends too much at once. Something was not passed on.
error-activity-entry = There is no index.html in this package. Put the pages of the activity at its top, and zip it again.
