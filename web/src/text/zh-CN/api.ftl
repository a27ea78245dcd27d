# Webhooks and API tokens in the settings, and the reference of the API.

error-token-browser = 程序不能用令牌做这件事。请在浏览器中操作。
error-token-empty = 给令牌起个名字，以后好辨认。
error-token-invalid = 这个令牌已失效。请在设置中新建一个。
error-token-limit = 已有 { $max } 个令牌。请先删除一个。
error-token-long = 令牌名称太长，最多 { $max } 个字。
error-token-scope = 这个令牌只能读取。请使用可以更改的令牌。
error-token-unknown = 这个令牌已经不在了。
