# Activities on the stage
error-activity-unknown = This activity is not on the stage any more.
error-activity-full = This activity keeps more than { $kilobytes } kB. Begin it anew.
