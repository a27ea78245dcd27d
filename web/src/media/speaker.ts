/** Plays three soft notes through the chosen speaker, so that a person knows what they will hear. */
import { audioContext } from "./meter";

/** C5, E5, G5 in hertz; each lasts this many seconds. */
const NOTES = [523.25, 659.25, 783.99] as const;
const NOTE_S = 0.32;

/** Resolves when the last note has ended; false when the browser would not play. */
export async function playTestSound(speakerId?: string): Promise<boolean> {
  try {
    const context = audioContext();
    await context.resume();
    const out = context.createMediaStreamDestination();
    NOTES.forEach((hertz, at) => {
      scheduleNote(context, out, hertz, context.currentTime + 0.05 + at * NOTE_S);
    });
    const element = new Audio();
    element.srcObject = out.stream;
    if (speakerId && "setSinkId" in element) await element.setSinkId(speakerId);
    await element.play();
    await new Promise((done) => setTimeout(done, (NOTES.length * NOTE_S + 0.4) * 1000));
    element.srcObject = null;
    return true;
  } catch {
    return false;
  }
}

function scheduleNote(context: AudioContext, out: AudioNode, hertz: number, at: number): void {
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.22, at + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S + 0.25);
  tone.connect(gain).connect(out);
  tone.start(at);
  tone.stop(at + NOTE_S + 0.3);
}
