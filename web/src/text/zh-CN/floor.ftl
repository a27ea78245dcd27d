# 举手、讲台、锁定与秩序。
error-stage-staff = { $name } 是老师，不需要上台。
error-stage-observer = { $name } 只是旁听。请先设为学生。
error-floor-locked = 锁定期间 { $name } 不能打开。可以请 { $name } 上台。
