/** Listens to our own microphone for the hints: speaking while muted, no signal at all. */
import { effect } from "@preact/signals";
import { createMeter } from "../../media/meter";
import { hearVoice, openVoice } from "../../room/voice";
import type { Desk } from "./desk";

const EVERY_MS = 100;

export function watchVoice(desk: Desk): () => void {
  const { microphone } = desk.session;
  return effect(() => {
    const track = microphone.track.value;
    desk.voiceHint.value = null;
    if (!track) return;
    const meter = createMeter(track);
    let voice = openVoice(performance.now());
    const timer = setInterval(() => {
      const live = microphone.on.peek();
      voice = hearVoice(voice, meter.level.peek(), live, performance.now());
      desk.voiceHint.value = voice.hint;
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
      meter.close();
    };
  });
}
