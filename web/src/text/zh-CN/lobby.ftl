error-lobby-waiting = 请稍候，老师会让你进来。
error-lobby-refused = 老师没有让你进来。一分钟后可以再试。
error-room-locked = 课堂已锁定，新人不能进入。请联系老师打开。
error-seat-removed = 你已被移出课堂，本节课结束前不能再进入。
error-role-above = { $name } 负责这个课堂，只有老师可以这样做。
error-role-fixed = 这个身份不能在这里更改。
