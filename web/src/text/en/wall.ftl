error-page-reserved = This page belongs to a group or a student.
