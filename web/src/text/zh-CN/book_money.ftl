# 为预约付款：来访者和机构共用。

error-invoice-unknown = 没有这张账单。
error-invoice-state = 账单不能这样更改。
error-payment-amount = 金额不正确。
error-payment-gateway = 支付平台没有响应，请重试。
error-payment-off = 未开通在线支付。
error-payment-signature = 签名无效。
error-voucher-unknown = 代码无效。
error-voucher-used = 剩余次数不够。
error-voucher-old = 已过期。
error-voucher-offer = 这个代码用于其他项目。

pay-press = 现在支付 { $amount }
pay-opening = 正在打开付款页面…
pay-hold = 这个时间为你保留到 { $time }。
pay-elsewhere = 付款在 Stripe 的页面上完成，你在那里填写的内容不会经过我们。
pay-test = 测试模式：不会真正扣款。
pay-looking = 正在查询付款…
pay-arrived = 已收到付款。
pay-nothing = 还没有收到付款。如果已经付了，可能要等一分钟。
pay-look-again = 再查一次
pay-by-package = 已用课包“{ $name }”支付，还剩 { $left }/{ $total } 次。
pay-code = “{ $name }”：还剩 { $left }/{ $total } 次。
