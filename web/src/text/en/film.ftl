# Films and sounds in step
error-film-unknown = This film is not on the stage any more.
