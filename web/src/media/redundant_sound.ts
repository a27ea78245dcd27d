/**
 * Receiving sound with earlier frames in it (RFC 2198, "RED"), and the comfort noise (RFC 3389) with
 * which the server ends a delay that is not needed any more: told to the server as something we can
 * decode, and written so that the browser takes it.
 *
 * mediasoup-client writes `a=fmtp:109 100/100=`, since it knows parameters as name and value only;
 * Chromium takes that for no description of RED and then plays nothing (measured). So the library's
 * descriptions are mended on their way into the browser.
 */
import type { types } from "mediasoup-client";
import type { JsonObject } from "../wire/messages";

const BESIDE = [
  { mimeType: "audio/red", clockRate: 48_000, channels: 2, preferredPayloadType: 109 },
  { mimeType: "audio/CN", clockRate: 8_000, channels: 1, preferredPayloadType: 13 },
];

/** What the browser itself says it decodes. */
function decoded(): { mimeType: string; clockRate: number }[] {
  if (typeof RTCRtpReceiver === "undefined") return [];
  return RTCRtpReceiver.getCapabilities?.("audio")?.codecs ?? [];
}

/** What we tell of ourselves, with those of both that the browser knows. */
export function withBeside(capabilities: JsonObject, known = decoded()): JsonObject {
  const named = BESIDE.filter(({ mimeType, clockRate }) =>
    known.some(
      (one) => one.mimeType.toLowerCase() === mimeType.toLowerCase() && one.clockRate === clockRate,
    ),
  ).map((one) => ({ kind: "audio", ...one, parameters: {}, rtcpFeedback: [] }));
  const codecs = (capabilities.codecs ?? []) as JsonObject[];
  return named.length === 0
    ? capabilities
    : { ...capabilities, codecs: [...codecs, ...(named as unknown as JsonObject[])] };
}

/** `a=fmtp:109 100/100=` to `a=fmtp:109 100/100`, in every line that has it. */
export function mendedSdp(sdp: string): string {
  return sdp.replace(/^(a=fmtp:\d+ \d+(?:\/\d+)+)=(?=\r?$)/gm, "$1");
}

/** Mends every description that the library gives to this transport's connection. */
export function mendDescriptions(transport: types.Transport): void {
  // The library keeps its connection to itself; without one there is nothing to mend.
  const { handler } = transport as unknown as { handler?: { _pc?: RTCPeerConnection } };
  const connection = handler?._pc;
  if (!connection) return;
  const set = connection.setRemoteDescription.bind(connection);
  connection.setRemoteDescription = (description?: RTCSessionDescriptionInit) =>
    set({ ...description, sdp: mendedSdp(description?.sdp ?? "") } as RTCSessionDescriptionInit);
}
