# Webhooks and API tokens in the settings, and the reference of the API.

error-token-browser = A program cannot do this with a token. Do it in the browser.
error-token-empty = Give the token a name, so that you know it again.
error-token-invalid = This token does not count any more. Make a new one in the settings.
error-token-limit = There are { $max } tokens already. Delete one first.
error-token-long = The name of the token is too long. It may have { $max } characters.
error-token-scope = This token may only read. Use one that may change things.
error-token-unknown = This token is not there any more.
