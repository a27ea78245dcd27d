# One sentence for every stable code of the server and of the client: what happened, then the way out.

error-unknown = Something went wrong that has no name yet ({ $code }). Try again.

error-network-offline = The server does not answer. Check your connection and try again.
error-network-timeout = The server takes too long to answer. Check your connection and try again.

error-wire-away = The connection to the class is interrupted. As soon as it is back, try again.
error-wire-timeout = The class takes too long to answer. Check your connection and try again.

error-server-error = The server made a mistake. Try again; if it stays, tell whoever runs this site.
error-server-error-with-id = The server made a mistake. Try again; if it stays, tell whoever runs this site, with the number { $id }.
error-server-closing = The server is about to restart. You come back by yourself in a moment.
error-server-busy = The server has too much to do right now. Try again in a minute.

error-body-too_large = That is too much text to send at once. Make it shorter.
error-body-malformed = The server could not read what was sent. Reload the page and try again.
error-body-not_json = The server could not read what was sent. Reload the page and try again.
error-body-slow = Sending took too long. Check your connection and try again.

error-request-malformed = The server could not read what was sent. Reload the page and try again.

error-path-unknown = There is nothing at this address any more.

error-method-not_allowed = This page and the server do not fit together. Reload the page.

error-rate-limited = That was a little too often. Wait a moment and try again.

error-csrf-invalid = This page has been open for too long. Reload it and try again.

error-session-unknown = This device was already signed out.
error-session-required = You are signed out. Sign in and try again.

error-account-wrong_password = E-mail and password do not fit together.
error-account-email_taken = There is already an account with this e-mail. Sign in instead.
error-account-weak_password = The password needs between { $min } and 256 characters, and not the same one throughout.
error-account-sign_up_closed = New accounts are not open here. Ask whoever runs this site.
error-account-invalid_email = This does not look like an e-mail address.

error-name-empty = Write your name so that others know you.
error-name-long = The name is too long. It may have { $max } characters.

error-setup-token_invalid = This set-up link is not valid any more. The server prints a new one when it starts without an account.

error-room-unknown = There is no class with this code. Check the link with whoever sent it.
error-room-ended = The class has ended.
error-room-full = The class is full. As soon as somebody leaves you can join.
error-room-not_joined = You are not in the class yet. Reload the page.

error-title-empty = Give the room a name, so that students know where they are.
error-title-long = The name of the room is too long. It may have { $max } characters.

error-seat-expired = Your place was kept for a while, but not for this long. Join again.
error-seat-forged = This place is not yours. Join again with your name.
error-seat-taken = You are already in this class in another tab.
error-seat-replaced = You went on in another tab, so this one has stopped.
error-seat-away = Your place is being kept, but this page is not connected. It tries again by itself.
error-seat-not_taken = You are not in the class yet. Reload the page.

error-message-unknown = This page and the server do not fit together. Reload the page.
error-message-malformed = The server could not read what was sent. Reload the page and try again.

error-right-missing = You may not do that in this class.

error-stage-taken = The teacher is showing something. When that ends you can share.

error-chat-empty = Write something first.
error-chat-muted = The teacher has muted you in the chat.
error-lock-microphone = Microphones are locked. Raise your hand to be brought on stage.
error-lock-camera = Cameras are locked by the teacher.
error-lock-share = Only the teacher shares now. Raise your hand to show something.
error-lock-chat = The chat is locked. You can still write to the teacher.
error-lock-whisper = Private messages to classmates are off. You can write to the teacher.
error-lock-files = Sending files is off right now. Ask the teacher to allow it.
error-lock-hands = Hands are closed for now. Listen, and try again later.
error-lock-reactions = The teacher has switched reactions off for now.

error-media-unavailable = Sound and picture are restarting. They come back in a few seconds.
error-media-fault = Sound and picture had a fault. They are being started again.

error-consumer-exists = You already watch this. Reload the page if you see nothing.
error-consumer-limit = More cannot be shown at the same time.
error-consumer-unknown = What you watched has already ended.

error-dtls-fingerprint = Sound and picture could not be secured. Reload the page.
error-dtls-parameters = Sound and picture could not be secured. Reload the page.
error-dtls-role = Sound and picture could not be secured. Reload the page.

error-endpoint-router = Sound and picture are being moved. They come back in a few seconds.
error-endpoint-unknown = Sound and picture have to start anew. Reload the page if they stay away.

error-producer-exists = You already send this from here.
error-producer-kind_mismatch = This device gives something else than asked for. Choose another one.
error-producer-limit = More cannot be sent from one person at the same time.
error-producer-unknown = What you sent has already ended.

error-protocol-mismatch = This page is older than the server. Reload it.

error-router-other = Sound and picture are being moved. They come back in a few seconds.
error-router-unknown = Sound and picture are restarting. They come back in a few seconds.

error-rtp-parameters = Sound and picture could not be started. Reload the page.
error-rtp-unsupported_codec = This browser and the class share no way to send sound and picture. Use a current Chrome, Edge, Firefox or Safari.

error-source-unknown = What you sent has already ended.

error-transport-closed = The path for sound and picture is gone. It is being made anew.
error-transport-connected = Sound and picture are connected already.
error-transport-limit = Too many paths for sound and picture are open. Reload the page.
error-transport-unknown = The path for sound and picture is gone. It is being made anew.

error-pen-missing = You may not draw here. Ask the teacher for a pen.
error-pen-fixed = { $name } always has the pen that belongs to the role.

error-participant-unknown = This person is not in the class any more.

error-page-unknown = This page is not on the board any more. Choose another one.
error-page-gone = This page was cleared or removed. Choose another one, or open it again.
error-page-reopening = The page was being loaded anew, so the last strokes were lost. Draw them again.
error-page-last = A board needs at least one page. Clear this one instead.
error-page-limit = The board is full: it may have { $max } pages. Remove some that nobody needs.
error-page-size = A page must be between { $min } and { $max } units wide and high. Choose another size.
error-page-name_long = The name of the page is too long. It may have { $max } characters.
error-page-not_cleared = There is nothing to bring back on this page.
error-page-exists = This page is there already.
error-page-locked = This page is locked. The teacher can unlock it.
error-page-full = This page is full. Go on on a new one.

error-item-foreign = This was drawn by somebody else. Ask the teacher if you should change it.

error-asset-large = This picture is too large. It may have { $megabytes } MB and { $megapixels } megapixels; make it smaller and try again.
error-asset-type = This is no picture that a board can show. Use PNG, JPEG, WebP or GIF.
error-asset-broken = This picture is damaged. Save it again and try once more.
error-asset-limit = The board has as many pictures as it can hold ({ $max }, or { $megabytes } MB). Use another room for new ones.
error-asset-share = You have put as many pictures on this board as one person may ({ $max }, or { $megabytes } MB).
error-asset-unknown = This picture is not there any more. Insert it again.

error-storage-full = The server has no room left. Tell whoever runs this site.

error-board-not_saved = What is drawn cannot be saved right now. Keep this page open; it tries again by itself.
error-board-saved = Everything on the board is saved again.
error-board-unavailable = The board cannot be opened right now. It tries again by itself.
error-board-slow = Your connection is too slow for the board. It connects again by itself.

error-file-large = This file is too large for a board.
error-file-malformed = This is no board file, or it is damaged. Choose another one.
error-file-version = This board file comes from a newer version. Reload the page and try again.

error-ticket-unknown = The board could not be opened in time. It tries again by itself.
error-seat-gone = You are not in the class any more, so the board has closed. Join again.
error-channel-limit = Too many pages are open at once. Close one and try again.
error-channel-taken = The page could not be opened. Reload the page.
error-client-taken = The page could not be opened. It is opened anew by itself.
error-frame-large = That is too much for the board at once. Make it smaller.
error-frame-malformed = This page and the server do not fit together. Reload the page.

# What no page of ours does: the board takes nothing of it, and the page is loaded anew.
error-author-forged = The board did not take the last change and was loaded anew. Draw it again.
error-client-foreign = The board did not take the last change and was loaded anew. Draw it again.
error-delete-unknown = The board did not take the last change and was loaded anew. Draw it again.
error-schema-root = The board did not take the last change and was loaded anew. Draw it again.
error-schema-type = The board did not take the last change and was loaded anew. Draw it again.
error-schema-value = The board did not take the last change and was loaded anew. Draw it again.
error-update-gap = The board did not take the last change and was loaded anew. Draw it again.
error-update-large = The last change was too large for the board. Make it smaller and try again.
error-update-malformed = The board did not take the last change and was loaded anew. Draw it again.
error-update-trailing = The board did not take the last change and was loaded anew. Draw it again.

error-file-empty = This file is empty. Choose another one.
error-file-size = A file may have { $megabytes } MB. Make it smaller, or send it in parts.
error-file-type = This kind of file cannot be sent here. Try PDF, or put it into a zip.
error-file-bomb = This file unpacks to far too much, so it was not taken.
error-file-broken = This file is damaged. Open it on your device, and save it again.
error-file-infected = The virus scanner stopped this file.
error-file-not_scanned = The file could not be checked, so it was not taken. Try again later.
error-file-limit = This room has no space for more files. A teacher can remove some, or the room’s owner under Rooms.
error-file-share = You have sent as much as one lesson takes. Remove some of yours first.
error-file-unknown = This file is not there any more.
error-upload-offset = Sending goes on where it stopped.
error-upload-busy = This file is being sent already. Wait a moment.
