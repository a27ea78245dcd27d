import type { types } from "mediasoup-client";
import { expect, it } from "vitest";
import { mendDescriptions, mendedSdp, withRed } from "./redundant_sound";

const OFFER = [
  "m=audio 7 UDP/TLS/RTP/SAVPF 100 109",
  "a=rtpmap:109 red/48000/2",
  "a=fmtp:100 minptime=10;useinbandfec=1",
  "a=fmtp:109 100/100=",
  "a=rtcp-fb:100 transport-cc",
  "",
].join("\r\n");

it("writes RED as browsers read it, and nothing else otherwise", () => {
  expect(mendedSdp(OFFER)).toBe(OFFER.replace("100/100=", "100/100"));
  expect(mendedSdp(mendedSdp(OFFER))).toBe(mendedSdp(OFFER));
});

it("names RED only where the browser decodes it", () => {
  const capabilities = { codecs: [{ mimeType: "audio/opus" }], headerExtensions: [] };
  const named = (decodes: boolean) =>
    (withRed(capabilities, decodes).codecs as { mimeType: string }[]).map((one) => one.mimeType);
  expect(named(true)).toEqual(["audio/opus", "audio/red"]);
  expect(named(false)).toEqual(["audio/opus"]);
  // A browser without the question.
  expect(withRed(capabilities)).toBe(capabilities);
});

it("mends what the library gives to its connection", async () => {
  const set: RTCSessionDescriptionInit[] = [];
  const connection = {
    setRemoteDescription: async (description: RTCSessionDescriptionInit) => {
      set.push(description);
    },
  };
  mendDescriptions({ handler: { _pc: connection } } as unknown as types.Transport);
  await connection.setRemoteDescription({ type: "offer", sdp: OFFER });
  expect(set).toEqual([{ type: "offer", sdp: mendedSdp(OFFER) }]);
});

it("leaves a transport alone that has no connection of its own", () => {
  expect(() => mendDescriptions({} as unknown as types.Transport)).not.toThrow();
});
