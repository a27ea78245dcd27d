# 讲台上的课件
present-coming = 这一页马上就到
present-gone = 这份课件已被删除。写在上面的内容仍然保留。
present-decks = 课件
present-deck-open = 打开 { $name }，共 { $slides } 张幻灯片
present-slide-of = 第 { $at } 张幻灯片，共 { $count } 张
present-step-of = 第 { $at } 步，共 { $count } 步
present-put-away = 收起
present-put-away-done = 已收起《{ $name }》，写在上面的内容已保留
error-deck-not_ready = 第一页还在生成，请稍后再试。
error-deck-placed = 已打开 { $max } 份课件，请先收起一份。
error-deck-leaves = 打开的幻灯片太多，请先收起一份课件。
error-page-deck = 这一页属于课件，不能更改。请收起整份课件，或复制这一页。
