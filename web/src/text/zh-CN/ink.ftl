error-ink-nothing = 现在没有人共享屏幕。
error-ink-closed = 现在只有老师和共享者可以画。
