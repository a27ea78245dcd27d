error-enrolment-unknown = 名单上已经没有这个人了。
error-enrolment-limit = 一个教室的名单最多 { $max } 人。请先移除不再来的人。
error-enrolment-taken = { $email } 已在名单上。
error-enrolment-only = 只有固定学生可以进入。请打开老师发给你的链接。
error-enrolment-removed = 你已不在这个班的名单上。请联系老师。
error-enrolment-replaced = 你的链接已失效。请向老师要新链接。
