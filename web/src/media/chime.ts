/** Short runs of soft notes that tell what happens, on the speaker the person chose. */
import { audioContext } from "./meter";

/** Notes in hertz, one after the other. */
export interface Chime {
  notes: readonly number[];
  noteS: number;
  /** How loud at the most, of 1. */
  gain: number;
}

const BEFORE_S = 0.05;
const FADE_S = 0.25;
const AFTER_S = 0.4;

/** Resolves when the last note has ended; false when the browser would not play. */
export async function playChime(chime: Chime, speakerId?: string): Promise<boolean> {
  try {
    const context = audioContext();
    await context.resume();
    const out = context.createMediaStreamDestination();
    chime.notes.forEach((hertz, at) => {
      scheduleNote(context, out, chime, { hertz, at });
    });
    const element = new Audio();
    element.srcObject = out.stream;
    if (speakerId && "setSinkId" in element) await element.setSinkId(speakerId);
    await element.play();
    await new Promise((done) =>
      setTimeout(done, (chime.notes.length * chime.noteS + AFTER_S) * 1000),
    );
    element.srcObject = null;
    return true;
  } catch {
    return false;
  }
}

function scheduleNote(
  context: AudioContext,
  out: AudioNode,
  { noteS, gain: loud }: Chime,
  { hertz, at: place }: { hertz: number; at: number },
): void {
  const at = context.currentTime + BEFORE_S + place * noteS;
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loud, at + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.001, at + noteS + FADE_S);
  tone.connect(gain).connect(out);
  tone.start(at);
  tone.stop(at + noteS + FADE_S + 0.05);
}
