/**
 * Both paths of the media, made before the click on Join: a place for the microphone on the one, a
 * place for somebody's voice on the other. Nothing is sent on the first until the join, and nobody
 * sends on the second; what they are for is that ICE and DTLS are done.
 */
import type { Device, types } from "mediasoup-client";
import type { Produce } from "../wire/messages";
import { producePlan } from "./encodings";
import { packerFor } from "./producers";

type Transport = types.Transport;
type Producer = types.Producer;

/** Asks for the producer's id later, when there is one: `appData.hold` of what is produced. */
export type Hold = (message: Produce) => Promise<string>;

/** mids of the server are numbers, and its SSRCs at least 2. */
const NOBODY = { mid: "ahead", ssrc: 1 };

export class Ahead {
  readonly #producer: Promise<Producer | null>;
  #message: Produce | null = null;
  #sender: RTCRtpSender | null = null;
  #answer: { done(id: string): void; failed(error: Error): void } | null = null;
  #isOver = false;

  constructor(device: Device, send: Transport, receive: Transport) {
    this.#producer = this.#stand(send).catch(() => null);
    void receive
      .consume({
        id: NOBODY.mid,
        producerId: NOBODY.mid,
        kind: "audio",
        rtpParameters: nobodysVoice(device),
      })
      .catch(() => undefined);
  }

  /**
   * What JoinRoom publishes; from here on the track is sent, when it is live. Empty while the paths
   * are not that far: then it is published the usual way.
   */
  offer(track: MediaStreamTrack | null, live: boolean): Produce[] {
    if (!this.#message || track?.readyState !== "live") return [];
    if (live) void this.#sender?.replaceTrack(track).catch(() => undefined);
    return [{ ...this.#message, paused: !live }];
  }

  /** After the join: as what it was published, or null when it was not. */
  settle(id: string | null): Promise<Producer | null> {
    this.#isOver = true;
    if (id !== null) this.#answer?.done(id);
    else this.#answer?.failed(new Error("not published"));
    return this.#producer;
  }

  async #stand(send: Transport): Promise<Producer> {
    const packer = await packerFor(send);
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    try {
      return await send.produce({
        track,
        ...producePlan("microphone", 0, "text", null),
        stopTracks: false,
        disableTrackOnPause: false,
        onRtpSender: (sender) => {
          this.#sender = sender;
          packer?.attach(sender);
        },
        appData: {
          source: "microphone",
          paused: false,
          mode: "text",
          replaces: null,
          redundancy: packer ? "red" : null,
          hold: (message: Produce) => this.#hold(message),
        },
      });
    } finally {
      track?.stop();
      void context.close();
    }
  }

  async #hold(message: Produce): Promise<string> {
    if (this.#isOver) throw new Error("not published");
    // Not even silence: what nobody hears need not be sent.
    await this.#sender?.replaceTrack(null);
    this.#message = message;
    return new Promise((done, failed) => {
      this.#answer = { done, failed };
    });
  }
}

/** A voice that never comes, in the words of the server's offers. */
function nobodysVoice(device: Device): types.RtpParameters {
  const { codecs = [], headerExtensions = [] } = device.recvRtpCapabilities;
  const voice = codecs.filter((one) => one.mimeType.toLowerCase() === "audio/opus");
  return {
    mid: NOBODY.mid,
    codecs: voice.map((one) => ({
      mimeType: one.mimeType,
      payloadType: one.preferredPayloadType ?? 0,
      clockRate: one.clockRate,
      channels: one.channels,
      parameters: one.parameters,
      rtcpFeedback: one.rtcpFeedback,
    })),
    headerExtensions: headerExtensions
      .filter((one) => one.kind === "audio")
      .map((one) => ({ uri: one.uri, id: one.preferredId })),
    encodings: [{ ssrc: NOBODY.ssrc }],
    rtcp: { cname: NOBODY.mid, reducedSize: true },
  };
}
