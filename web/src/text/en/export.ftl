# Slides with what was drawn on them, saved or handed out
export-deck = Slides with what was drawn
export-title = { $name } as a PDF
export-note = What was drawn lies over the slides. Their text can still be selected and searched.
export-which = Which slides
export-shown = { $count ->
    [one] Shown so far: one slide
   *[other] Shown so far: { $count } slides
}
export-all = All { $count } slides
export-old = { $count ->
    [one] One slide of an older version is not in it. Export it as a picture.
   *[other] { $count } slides of an older version are not in it. Export them as pictures.
}
export-hand-out-note = Handed out, everybody in the class finds it under Files.
export-save = Save
export-hand-out = Hand out to everybody
export-gathering = Collecting what was drawn, { $done } of { $total }
export-writing = Writing the PDF
export-sending = Sending what was drawn, { $percent } %
export-missing = { $count ->
    [one] Slide { $slides } did not open. What was drawn on it would be missing.
   *[other] Slides { $slides } did not open. What was drawn on them would be missing.
}
export-again = Try again
export-go-on = Go on without
export-file = { $name } (annotated).pdf
export-saved = { $name } is saved with what was drawn
export-handed-out = Everybody has { $name } now
export-open-files = Open the files
error-deck-export = The slides could not be put together with what was drawn. Try again.
error-deck-ink = More was drawn and pasted on these slides than one file takes ({ $megabytes } MB). Make pasted pictures smaller, or remove some.
