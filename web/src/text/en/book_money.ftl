# Paying for an appointment, for clients and for the team.

error-invoice-unknown = This invoice is not there.
error-invoice-state = This invoice cannot be changed so.
error-payment-amount = This amount does not fit.
error-payment-gateway = The payment company does not answer. Try again.
error-payment-off = Paying online is not set up.
error-payment-signature = The message is not signed by them.
error-voucher-unknown = This code is not valid.
error-voucher-used = Not enough is left on it.
error-voucher-old = It has ended.
error-voucher-offer = This code is for other appointments.

pay-press = Pay { $amount } now
pay-opening = Opening the page …
pay-hold = Your time is held until { $time }.
pay-elsewhere = You pay on a page of Stripe. What you type there does not come to us.
pay-test = Test mode: no real money moves.
pay-looking = Looking for your payment …
pay-arrived = Your payment has arrived.
pay-nothing = No payment has arrived yet. If you paid, it can take a minute.
pay-look-again = Look again
pay-by-package = Paid with your package “{ $name }”: { $left } of { $total } left.
pay-code = “{ $name }”: { $left } of { $total } left.
