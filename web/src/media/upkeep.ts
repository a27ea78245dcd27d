/**
 * What our senders are set to by advice: how small sound is, which sizes of the camera are sent.
 * Each setting is made once for each producer, and again when the browser refused it.
 */
import type { types } from "mediasoup-client";
import { LOW_BPS } from "./encodings";
import type { CameraFate } from "./sound_first";

type Producer = types.Producer;

/** By `Advice.opus`; undefined is the browser's own choice. */
const OPUS_BPS = [undefined, 24_000, 16_000, 12_000] as const;

export class Upkeep {
  /** What was set last, by producer; nothing is what a new producer begins with. */
  readonly #set = new Map<string, string>();

  /** `opus` as in `Advice`. */
  sound(producer: Producer | null, opus: number): void {
    const limit = OPUS_BPS[opus];
    this.#apply(producer, `${limit}`, "undefined", (encodings) => {
      for (const one of encodings) {
        if (limit === undefined) delete one.maxBitrate;
        else one.maxBitrate = limit;
      }
    });
  }

  /** Small is the lowest of its sizes alone, or a camera of one size with the rate of that. */
  camera(producer: Producer | null, fate: CameraFate): void {
    const full = producer?.rtpParameters.encodings?.[0]?.maxBitrate;
    this.#apply(producer, fate === "all" ? "all" : "small", "all", (encodings) => {
      encodings.forEach((one, place) => {
        one.active = fate === "all" || place === 0;
      });
      const [only] = encodings;
      if (only && encodings.length === 1) {
        only.maxBitrate = fate === "all" ? (full ?? only.maxBitrate) : LOW_BPS;
      }
    });
  }

  #apply(
    producer: Producer | null,
    wanted: string,
    initial: string,
    change: (encodings: RTCRtpEncodingParameters[]) => void,
  ): void {
    const sender = producer?.rtpSender;
    if (!producer || !sender || producer.closed) return;
    if ((this.#set.get(producer.id) ?? initial) === wanted) return;
    const parameters = sender.getParameters();
    // Before the two sides have agreed there is nothing to set.
    if (!parameters.encodings?.length) return;
    change(parameters.encodings);
    this.#set.set(producer.id, wanted);
    sender.setParameters(parameters).catch(() => this.#set.set(producer.id, "refused"));
  }
}
