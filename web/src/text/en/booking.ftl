# Bookings: what is refused.

error-booking-taken = Just taken. Choose another time.
error-booking-full = This group is full. Choose another time.
error-booking-closed = There are no appointments at this time. Choose another one.
error-booking-early = This is too soon. Choose a later time.
error-booking-far = This is too far ahead. Choose an earlier time.
error-booking-cap = No more appointments on that day. Choose another day.
error-booking-many = You have { $max } appointments already. Write to us for more.
error-booking-late = It is too late to change this here. Write to us.
error-booking-begun = It has begun.
error-booking-unbegun = It has not begun yet. This can be said once it has.
error-booking-over = This cannot be changed any more.
error-booking-moved = It was changed meanwhile. Look again.
error-booking-unknown = This link is not valid any more. The newest letter has the right one.
error-booking-intake = An answer is missing or does not fit: { $field }.
error-booking-series = Some lessons do not fit. Leave them out, or choose another time.
error-booking-moves = It was moved { $max } times already. Write to us.
error-booking-digits = First type the digits we mail you.
error-offer-limit = No more than { $max } are possible. Remove one first.
error-client-code = These digits are wrong. Look at the newest letter.
error-client-code_old = These digits have ended. Ask for new ones.
error-rating-done = You have rated this already.
error-rating-early = It can be rated afterwards.
