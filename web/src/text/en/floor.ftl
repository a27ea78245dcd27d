# Hands, the stage, locks and order.
error-stage-staff = { $name } leads the class and needs no place on stage.
error-stage-observer = { $name } only watches. Make them a student first.
error-floor-locked = { $name } cannot turn it on while it is locked. Bring them on stage.
