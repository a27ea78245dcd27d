/** The browser's own voice: reads piece by piece, and stops when it is told. */
import { signal } from "@preact/signals";
import { language } from "../../../text/text";
import { languageOf, piecesOf } from "./reading";

const voice: SpeechSynthesis | undefined = globalThis.speechSynthesis;

/** Whether there is a voice at all; some browsers know that only after a while. */
export const hasVoice = signal((voice?.getVoices().length ?? 0) > 0);
voice?.addEventListener?.("voiceschanged", () => {
  hasVoice.value = voice.getVoices().length > 0;
});

export const isReading = signal(false);

/** Pieces still to be read are of this turn; those of an earlier one end nothing. */
let turn = 0;

export function readAloud(text: string): void {
  stopReading();
  const pieces = piecesOf(text);
  if (!voice || pieces.length === 0) return;
  const own = turn;
  const lang = languageOf(text, language.value);
  isReading.value = true;
  for (const [at, piece] of pieces.entries()) {
    const said = new SpeechSynthesisUtterance(piece);
    said.lang = lang;
    const ended = () => {
      if (own === turn && at === pieces.length - 1) isReading.value = false;
    };
    said.onend = ended;
    said.onerror = ended;
    voice.speak(said);
  }
}

export function stopReading(): void {
  turn += 1;
  isReading.value = false;
  voice?.cancel();
}
