# Slides with what was drawn on them, saved or handed out
error-deck-export = 无法合成批注课件，请再试一次。
error-deck-ink = 这些幻灯片上的笔迹和图片太多，一个文件放不下（{ $megabytes } MB）。请缩小或删除一些粘贴的图片。
