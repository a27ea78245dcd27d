# 预约：被拒绝的原因。

error-booking-taken = 刚被约走，请选其他时间。
error-booking-full = 这个小组已满，请选其他时间。
error-booking-closed = 这个时间不接受预约，请选其他时间。
error-booking-early = 时间太近了，请选晚一些的。
error-booking-far = 时间太远了，请选早一些的。
error-booking-cap = 这一天已约满，请选其他日子。
error-booking-many = 你已有 { $max } 个预约，更多请联系我们。
error-booking-late = 现在不能自行更改了，请联系我们。
error-booking-begun = 已经开始了。
error-booking-unbegun = 还没有开始，开始之后才能这样标记。
error-booking-over = 这个预约不能再更改。
error-booking-moved = 预约刚被改动，请再看一下。
error-booking-unknown = 链接已失效，请使用最新邮件里的链接。
error-booking-intake = 请回答，或检查答案：{ $field }。
error-booking-series = 有些课排不下，请跳过它们或换个时间。
error-booking-moves = 已改期 { $max } 次，请联系我们。
error-booking-digits = 请先输入邮件里的验证码。
error-offer-limit = 最多 { $max } 个，请先删除一个。
error-client-code = 验证码不对，请查看最新的邮件。
error-client-code_old = 验证码已过期，请重新获取。
error-rating-done = 你已经评价过了。
error-rating-early = 结束后才能评价。
