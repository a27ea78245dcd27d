/**
 * What is said about a network on which sound goes first: the badge, and what is being done, to
 * whose network it is and to who teaches. Pure but for the chosen language.
 */
import type { Advice } from "../../../media/advice";
import type { ShortageNotice } from "../../../media/shortage";
import { cameraFate, type SoundFirst } from "../../../media/sound_first";
import { millisecondsOf } from "../../../text/figures";
import { t } from "../../../text/text";
import type { Measure } from "../../../wire/messages";
import type { ShortWords } from "./findings";

/** Several measures may be one thing to a person. In the order they are told. */
const SAID: readonly [readonly Measure[], string][] = [
  [["sound_down", "sound_copy"], "sound-there"],
  [["sound_up"], "sound-here"],
  [["buffer"], "wait"],
  [["picture_lowest"], "small"],
  [["picture_copies", "picture_asked"], "pictures"],
  [["opus_lower"], "opus"],
];

/** What is done about somebody's losses, for who teaches. */
export function doneFor(measures: readonly Measure[]): string[] {
  const said = SAID.filter(([some]) => some.some((one) => measures.includes(one)));
  const camera = (["camera_off", "camera_small"] as const).find((one) => measures.includes(one));
  const words = said.map(([, key]) => t(`net-done-${key}`));
  return camera ? [...words, t(`net-done-${camera}`)] : words;
}

/** From here on a person notices that they hear later. */
const NOTICED_MS = 100;

/** What is done about our own. `insisted`: the camera is sent all the same. */
export function doneForUs(advice: Advice, insisted: boolean): string[] {
  const done: string[] = [];
  if (advice.down > 0 || advice.up > 0) done.push(t("net-own-done-sound"));
  const { soundBufferMs: wait } = advice;
  if (wait >= NOTICED_MS) done.push(t("net-own-done-wait", { delay: millisecondsOf(wait) }));
  const fate = cameraFate(advice);
  if (fate === "off" && !insisted) done.push(t("net-own-done-camera_off"));
  else if (fate !== "all") done.push(t("net-own-done-camera_small"));
  return done;
}

/** The badge; `short` is what the network takes besides. */
export function firstWords(first: SoundFirst, short: ShortageNotice | null): ShortWords {
  return { title: t("net-first"), note: t(`net-first-${first.weak}-note`), more: moreOf(short) };
}

function moreOf(short: ShortageNotice | null): string {
  if (short?.screen) return t(`net-short-screen-${short.screen}-note`);
  return short?.cameras ? t(`net-short-cameras-${short.cameras}-more`) : "";
}
