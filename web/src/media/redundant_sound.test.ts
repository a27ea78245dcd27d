import type { types } from "mediasoup-client";
import { expect, it } from "vitest";
import { mendDescriptions, mendedSdp, withBeside } from "./redundant_sound";

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

it("names RED and comfort noise only where the browser decodes them", () => {
  const capabilities = { codecs: [{ mimeType: "audio/opus" }], headerExtensions: [] };
  const named = (known: { mimeType: string; clockRate: number }[]) =>
    (withBeside(capabilities, known).codecs as { mimeType: string }[]).map((one) => one.mimeType);
  const red = { mimeType: "audio/red", clockRate: 48_000 };
  const noise = (clockRate: number) => ({ mimeType: "audio/CN", clockRate });
  expect(named([noise(8_000), red])).toEqual(["audio/opus", "audio/red", "audio/CN"]);
  expect(named([red])).toEqual(["audio/opus", "audio/red"]);
  // At Opus's own rate it would be no change of codec.
  expect(named([red, noise(48_000)])).toEqual(["audio/opus", "audio/red"]);
  expect(named([])).toEqual(["audio/opus"]);
  // A browser without the question.
  expect(withBeside(capabilities)).toBe(capabilities);
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
