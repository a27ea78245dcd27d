error-enrolment-unknown = This person is not on the list any more.
error-enrolment-limit = A room may have { $max } people on its list. Remove some who do not come any more.
error-enrolment-taken = { $email } is on the list already.
error-enrolment-only = Only enrolled students may come in. Open the link that your teacher sent to you.
error-enrolment-removed = You are not on the list of this class any more. Ask your teacher.
error-enrolment-replaced = Your link does not count any more. Ask your teacher for the new one.
