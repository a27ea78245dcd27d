/**
 * The word of advice: what we should do on a weak network, in 32 bits, as the one contributing
 * source of sound packets. `media/wire/advice.py` writes it and says how it is made;
 * `tests/corpus/advice.json` holds both to it. Pure.
 */

export interface Advice {
  /** How many earlier frames to send with each of sound. */
  depth: number;
  /** How long to wait for what comes late, in ms; 0 is as the browser likes. */
  soundBufferMs: number;
  pictureBufferMs: number;
  /** How bad the network is to us and from us: 0 calm, 1 light or weak, 2 heavy, 3 severe. */
  down: number;
  up: number;
  /** 0 as always, 1 24 kbit/s, 2 16 kbit/s, 3 12 kbit/s. */
  opus: number;
  cameraSmall: boolean;
  cameraOff: boolean;
}

export const CALM: Advice = {
  depth: 0,
  soundBufferMs: 0,
  pictureBufferMs: 0,
  down: 0,
  up: 0,
  opus: 0,
  cameraSmall: false,
  cameraOff: false,
};

const MAGIC = 0xa;
const CHECK = 0x7f;
const STEP_MS = 50;

/** Null when it is no word of advice, or a damaged one. */
export function readAdvice(word: number): Advice | null {
  const depth = (word >>> 23) & 0x1f;
  const whole = word >>> 28 === MAGIC && (word & CHECK) === checkOf(word);
  if (!whole) return null;
  return {
    depth,
    soundBufferMs: ((word >>> 19) & 0xf) * STEP_MS,
    pictureBufferMs: ((word >>> 15) & 0xf) * STEP_MS,
    down: (word >>> 13) & 3,
    up: (word >>> 11) & 3,
    opus: (word >>> 9) & 3,
    cameraSmall: ((word >>> 8) & 1) === 1,
    cameraOff: ((word >>> 7) & 1) === 1,
  };
}

function checkOf(word: number): number {
  const rest = word & ~CHECK;
  const total = (rest >>> 24) + ((rest >>> 16) & 0xff) + ((rest >>> 8) & 0xff) + (rest & 0xff);
  return (total + (total >>> 7)) & CHECK;
}
