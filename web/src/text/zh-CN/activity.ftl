# 讲台上的互动课件
error-activity-unknown = 这个互动课件已经不在讲台上了。
error-activity-full = 这个互动课件保存的内容超过 { $kilobytes } kB。请重新开始。
