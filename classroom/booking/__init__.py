"""Appointments: when somebody is free, what was booked, what is paid and written about it."""
