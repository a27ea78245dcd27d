# Texts that are signed, on the public pages and in the waiting room.

error-form-unknown = This text does not exist.
error-form-changed = The text has changed. Read it again.
error-form-limit = No more than { $max } are possible.
error-form-unsigned = Something has to be signed first.

sign-title = To be signed
sign-note = Please read this before you book. It is kept with your booking; you can take it back later.
sign-agree = I have read this and agree
sign-open = Read “{ $title }”
sign-missing = Please read and agree first.
