/**
 * Receiving sound with earlier frames in it (RFC 2198, "RED"): told to the server as something we
 * can decode, and written so that the browser takes it.
 *
 * mediasoup-client writes `a=fmtp:109 100/100=`, since it knows parameters as name and value only;
 * Chromium takes that for no description of RED and then plays nothing (measured). So the library's
 * descriptions are mended on their way into the browser.
 */
import type { types } from "mediasoup-client";
import type { JsonObject } from "../wire/messages";

const RED = {
  kind: "audio",
  mimeType: "audio/red",
  clockRate: 48_000,
  channels: 2,
  preferredPayloadType: 109,
  parameters: {},
  rtcpFeedback: [],
};

/** Whether the browser itself names RED among what it decodes. */
function decodesRed(): boolean {
  if (typeof RTCRtpReceiver === "undefined") return false;
  const codecs = RTCRtpReceiver.getCapabilities?.("audio")?.codecs ?? [];
  return codecs.some((one) => one.mimeType.toLowerCase() === "audio/red");
}

/** What we tell of ourselves, with RED where the browser knows it. */
export function withRed(capabilities: JsonObject, decodes = decodesRed()): JsonObject {
  if (!decodes) return capabilities;
  const codecs = (capabilities.codecs ?? []) as JsonObject[];
  return { ...capabilities, codecs: [...codecs, RED as unknown as JsonObject] };
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
