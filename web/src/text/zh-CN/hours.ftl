# 可约时间，以及来自别处的日历。

error-booking-zone = 不是有效的时区，请从列表中选择。
error-hours-wrong = 时间设置不正确，请检查{ $field ->
    [hours] 每周时间
    [specials] 单独设置的日期
    [away] 假期
    [stays] 旅行（同一天不能有两次）
    [zone] 时区
    [notice_min] 提前时间
    [horizon_days] 最远可约天数
    [daily_max] 每天上限
    [step_min] 时间间隔
   *[other] 全部内容
}。
error-host-unknown = 这里没有人接受预约。
error-offer-unknown = 这个项目已不再提供。
error-feed-address = 这个地址无法读取，应以 https:// 或 webcal:// 开头。
error-feed-limit = 最多 { $max } 个日历，请先移除一个。
error-feed-unknown = 没有这个日历。

hours-problem-broken = { $count } 个条目没有时间，已略过。
hours-problem-zone = { $count } 个条目的时区未知，按你的时区计算。
hours-problem-range = { $count } 个条目改动了之后的全部，这里只改第一个。
hours-feed-never-read = { $since }起无法读取：{ $why }目前没有任何时间计入。
