/**
 * How each source is encoded: which layers, how many bits, what is given up first.
 *
 * Cameras are VP8 simulcast with three temporal layers, low to high. The screen is one encoding
 * in full resolution that gives up frames, never sharpness, in the codec of `screen_codec`. Speech has in-band error correction.
 */
import type { types } from "mediasoup-client";
import type { ShareMode, Source } from "../wire/messages";

type Encoding = types.RtpEncodingParameters;

/** What the three layers of a 720p camera get, in bits per second; a lower camera has fewer. */
export const LOW_BPS = 150_000;
const MIDDLE_BPS = 500_000;
const HIGH_BPS = 1_500_000;

/** Below these heights Chromium sends no third, no second layer (libwebrtc's simulcast table). */
const THREE_LAYERS_FROM = 540;
const TWO_LAYERS_FROM = 270;

const SCREEN: Record<ShareMode, { maxBitrate: number; maxFramerate: number }> = {
  text: { maxBitrate: 2_500_000, maxFramerate: 15 },
  motion: { maxBitrate: 4_000_000, maxFramerate: 30 },
};

function layer(scaleResolutionDownBy: number, maxBitrate: number): Encoding {
  return { scaleResolutionDownBy, maxBitrate, scalabilityMode: "L1T3" };
}

/** `height` is that of the captured picture in pixels. */
export function cameraEncodings(height: number): Encoding[] {
  if (height >= THREE_LAYERS_FROM) {
    return [layer(4, LOW_BPS), layer(2, MIDDLE_BPS), layer(1, HIGH_BPS)];
  }
  if (height >= TWO_LAYERS_FROM) return [layer(2, LOW_BPS), layer(1, MIDDLE_BPS)];
  return [layer(1, MIDDLE_BPS)];
}

export function screenEncodings(mode: ShareMode): Encoding[] {
  return [{ ...SCREEN[mode], scalabilityMode: "L1T3" }];
}

/** What changes in a running share when its mode does. */
export function screenLimits(mode: ShareMode): { maxBitrate: number; maxFramerate: number } {
  return SCREEN[mode];
}

export function contentHint(mode: ShareMode): string {
  return mode === "text" ? "detail" : "motion";
}

export interface ProducePlan {
  encodings?: Encoding[];
  /** Left out for the first the room offers, VP8. */
  codec?: types.RtpCodecCapability;
  codecOptions: types.ProducerCodecOptions;
}

/** As far as the library compares it; payload types are its own. */
function videoCodec(mimeType: string): types.RtpCodecCapability {
  const preferredPayloadType = 0;
  return { kind: "video", mimeType, preferredPayloadType, clockRate: 90_000, parameters: {} };
}

/** What mediasoup-client's `produce` takes for a source. `codec` is a screen's. */
export function producePlan(
  source: Source,
  height: number,
  mode: ShareMode,
  codec: string | null = null,
): ProducePlan {
  switch (source) {
    case "microphone":
      return { codecOptions: { opusFec: true, opusDtx: false, opusStereo: false } };
    case "screen_audio":
      return { codecOptions: { opusFec: true, opusDtx: false, opusStereo: true } };
    case "camera":
      return {
        encodings: cameraEncodings(height),
        codecOptions: { videoGoogleStartBitrate: 1_000 },
      };
    case "screen":
      return {
        encodings: screenEncodings(mode),
        ...(codec && { codec: videoCodec(codec) }),
        codecOptions: { videoGoogleStartBitrate: 1_000 },
      };
  }
}
