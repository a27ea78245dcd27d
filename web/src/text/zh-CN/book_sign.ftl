# 需要签署的文本：预约页面和等候室。

error-form-unknown = 没有这份同意书。
error-form-changed = 内容已更新，请重新阅读。
error-form-limit = 最多 { $max } 个。
error-form-unsigned = 请先签署同意书。

sign-title = 需要签署
sign-note = 预约前请阅读。签署内容会与预约一起保存，以后可以撤回。
sign-agree = 我已阅读并同意
sign-open = 阅读“{ $title }”
sign-missing = 请先阅读并同意。
