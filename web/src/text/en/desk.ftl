# Where everything about appointments is found.
nav-appointments = Appointments
desk-week = Week
desk-queue = Waiting
desk-clients = Clients
desk-offers = Offers
desk-money = Payments
desk-talks = Report
desk-letters = Letters
desk-organisation = Organisation
desk-wait = Waiting room
