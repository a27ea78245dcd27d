/** Plays three soft notes through the chosen speaker, so that a person knows what they will hear. */
import { type Chime, playChime } from "./chime";

/** C5, E5, G5. */
const NOTES: Chime = { notes: [523.25, 659.25, 783.99], noteS: 0.32, gain: 0.22 };

/** Resolves when the last note has ended; false when the browser would not play. */
export const playTestSound = (speakerId?: string): Promise<boolean> => playChime(NOTES, speakerId);
