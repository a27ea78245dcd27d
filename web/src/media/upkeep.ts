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

/** What a line that loses 70 % carries with all that is sent again (weak_network.md, section 1). */
const SMALL = { maxBitrate: LOW_BPS, maxFramerate: 15 };
const LEAST = { maxBitrate: 60_000, maxFramerate: 8 };

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

  /** Small is the lowest of its sizes alone. `least`: there is hardly room for that. */
  camera(producer: Producer | null, fate: CameraFate, least = false): void {
    const limit = fate === "all" ? null : least ? LEAST : SMALL;
    const first = producer?.rtpParameters.encodings?.[0];
    this.#apply(producer, JSON.stringify(limit), "null", (encodings) => {
      encodings.forEach((one, place) => {
        one.active = limit === null || place === 0;
      });
      const [lowest] = encodings;
      if (!lowest) return;
      lowest.maxBitrate = limit?.maxBitrate ?? first?.maxBitrate;
      if (limit) lowest.maxFramerate = limit.maxFramerate;
      else delete lowest.maxFramerate;
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
