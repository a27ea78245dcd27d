/**
 * The two paths to the media server, one to send and one to receive, and how they are doing.
 * Whether to repair or replace them is `call.ts`'s decision.
 */
import { signal } from "@preact/signals";
import type { Device, types } from "mediasoup-client";
import type {
  JsonObject,
  MediaPrepared,
  MediaWelcome,
  Produce,
  ShareMode,
  Source,
  TransportOffer,
} from "../wire/messages";
import type { Request } from "../wire/socket";
import type { Hold } from "./ahead";
import { accepted } from "./answer";
import { mendDescriptions } from "./redundant_sound";

type Transport = types.Transport;

/** `idle`: no path yet, or nothing to carry. `broken`: at least one path lost its way. */
export type PathState = "idle" | "working" | "broken";

/** `unanswered` means that the socket is as dead as the path. */
export type Restarted = "restarted" | "refused" | "unanswered";

const RESTART_MS = 2_000;

export class Transports {
  readonly state = signal<PathState>("idle");
  readonly #request: Request;
  send: Transport | null = null;
  receive: Transport | null = null;
  epoch: string | null = null;

  constructor(request: Request) {
    this.#request = request;
  }

  setUp(device: Device, welcome: MediaWelcome | MediaPrepared): void {
    this.close();
    const iceServers = welcome.ice_servers as unknown as RTCIceServer[];
    this.epoch = welcome.epoch;
    this.send = device.createSendTransport(options(welcome.send, iceServers));
    this.receive = device.createRecvTransport(options(welcome.receive, iceServers));
    mendDescriptions(this.receive);
    this.send.on("produce", (produced, done, failed) => {
      void this.#produce(produced).then((id) => done({ id }), failed);
    });
    for (const transport of [this.send, this.receive]) this.#watch(transport);
    this.#judge();
  }

  /** New ICE credentials for both paths at once. */
  async restartIce(): Promise<Restarted> {
    const both = [this.send, this.receive].filter((one) => one !== null);
    const done = await Promise.all(both.map((one) => this.#restart(one)));
    if (done.includes("unanswered")) return "unanswered";
    return done.includes("refused") ? "refused" : "restarted";
  }

  close(): void {
    this.send?.close();
    this.receive?.close();
    this.send = null;
    this.receive = null;
    this.epoch = null;
    this.state.value = "idle";
  }

  async reports(): Promise<Record<string, unknown>[]> {
    const open = [this.send, this.receive].filter((one) => one !== null && !one.closed);
    const reports = await Promise.all(open.map((one) => one?.getStats().catch(() => null)));
    return reports.flatMap((report) => (report ? [...report.values()] : []));
  }

  #watch(transport: Transport): void {
    transport.on("connect", ({ dtlsParameters }, done, failed) => {
      const message = {
        transport_id: transport.id,
        dtls_parameters: dtlsParameters as unknown as JsonObject,
      };
      void accepted(this.#request("media.connect_transport", message)).then(done, failed);
    });
    transport.on("connectionstatechange", () => this.#judge());
  }

  #judge(): void {
    const states = [this.send, this.receive].map((one) => one?.connectionState ?? "new");
    if (states.some((one) => one === "failed" || one === "disconnected")) {
      this.state.value = "broken";
    } else {
      this.state.value = states.some((one) => one === "connected") ? "working" : "idle";
    }
  }

  async #produce(produced: {
    kind: types.MediaKind;
    rtpParameters: types.RtpParameters;
    appData: types.AppData;
  }): Promise<string> {
    const { source, paused, mode, replaces, redundancy, hold } = produced.appData as {
      source: Source;
      paused: boolean;
      mode: ShareMode;
      replaces: string | null;
      redundancy: "red" | null;
      hold?: Hold;
    };
    const message: Produce = {
      transport_id: this.send?.id ?? "",
      source,
      kind: produced.kind,
      rtp_parameters: produced.rtpParameters as unknown as JsonObject,
      paused,
      share_mode: mode,
      replaces,
      redundancy,
    };
    if (hold) return hold(message);
    return (await accepted(this.#request("media.produce", message))).producer_id;
  }

  async #restart(transport: Transport): Promise<Restarted> {
    const answer = await this.#request(
      "media.restart_ice",
      { transport_id: transport.id },
      RESTART_MS,
    );
    if (!answer.ok) return answer.error.code.startsWith("wire.") ? "unanswered" : "refused";
    if (transport.closed) return "refused";
    const iceParameters = answer.value.ice_parameters as unknown as types.IceParameters;
    return transport.restartIce({ iceParameters }).then(
      () => "restarted",
      () => "refused",
    );
  }
}

function options(offer: TransportOffer, iceServers: RTCIceServer[]): types.TransportOptions {
  return {
    id: offer.transport_id,
    iceParameters: offer.ice_parameters as unknown as types.IceParameters,
    iceCandidates: offer.ice_candidates as unknown as types.IceCandidate[],
    dtlsParameters: offer.dtls_parameters as unknown as types.DtlsParameters,
    iceServers,
  };
}
