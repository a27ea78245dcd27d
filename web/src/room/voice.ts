/**
 * What the microphone's level tells: somebody speaks though muted, or no sound comes at all.
 * Pure; levels are 0..1 as `media/meter` gives them, times are milliseconds.
 */

export type VoiceHint = "speaking_muted" | "no_signal" | null;

export interface Voice {
  /** When this microphone was opened; everything below starts anew with it. */
  openedAt: number;
  heard: boolean;
  /** Milliseconds of speech in a row while muted; pauses take it back slowly. */
  spoken: number;
  sampledAt: number;
  hint: VoiceHint;
  hintUntil: number;
  quietUntil: number;
}

/** About -33 dBFS: above the noise of a room, below a person who speaks to the computer. */
const SPEECH = 0.55;
const SPEECH_MS = 500;
const HINT_MS = 5_000;
/** The same hint again only after this time. */
const REST_MS = 20_000;
/** A microphone that gave nothing at all for so long since it was opened. */
const SILENT_MS = 8_000;

export function openVoice(now: number): Voice {
  return {
    openedAt: now,
    heard: false,
    spoken: 0,
    sampledAt: now,
    hint: null,
    hintUntil: 0,
    quietUntil: 0,
  };
}

export function hearVoice(voice: Voice, level: number, live: boolean, now: number): Voice {
  const passed = Math.min(200, Math.max(0, now - voice.sampledAt));
  const speaking = !live && level >= SPEECH;
  const spoken = live ? 0 : Math.max(0, voice.spoken + (speaking ? passed : -passed / 2));
  const next = { ...voice, heard: voice.heard || level > 0, spoken, sampledAt: now };
  return { ...next, ...hinted(next, live, now) };
}

function hinted(voice: Voice, live: boolean, now: number): Partial<Voice> {
  if (live) {
    const silent = !voice.heard && now - voice.openedAt >= SILENT_MS;
    return { hint: silent ? "no_signal" : null };
  }
  if (voice.hint === "speaking_muted" && now < voice.hintUntil) return {};
  if (voice.spoken >= SPEECH_MS && now >= voice.quietUntil) {
    return { hint: "speaking_muted", hintUntil: now + HINT_MS, quietUntil: now + REST_MS };
  }
  return { hint: null };
}
