/**
 * Which codec our screen is sent in: the first of those everybody in the room can show that this
 * machine encodes well. AV1 and VP9 need a fraction of VP8's bits for text.
 */
import type { ShareMode } from "../wire/messages";
import { screenLimits } from "./encodings";

/** What every browser encodes. */
export const LAST_CODEC = "video/VP8";

/**
 * What an encoder without hardware costs, in milliseconds of one core for a megapixel when the
 * whole page is new: Chromium 156, full HD in three temporal layers on a shared virtual core. VP8
 * needs 13.
 */
const MS_PER_MEGAPIXEL: Readonly<Record<string, number>> = { "video/AV1": 18, "video/VP9": 15 };
/** Sound, everybody's pictures and the program that is shared want the rest. */
const SHARE_OF_MACHINE = 0.25;

/** What the choice asks of the browser. */
export interface Machine {
  cores: number;
  sends(mimeType: string): boolean;
  judge(video: VideoConfiguration): Promise<MediaCapabilitiesInfo>;
}

export interface PictureSize {
  width: number;
  height: number;
}

export type ChooseCodec = (
  allowed: readonly string[],
  size: PictureSize,
  mode: ShareMode,
) => Promise<string>;

/** `allowed` is the server's list, best first. */
export async function chooseScreenCodec(
  allowed: readonly string[],
  size: PictureSize,
  mode: ShareMode,
  machine: Machine = thisMachine,
): Promise<string> {
  for (const mimeType of allowed) {
    if (mimeType === LAST_CODEC) break;
    if (await encodesWell(mimeType, size, mode, machine)) return mimeType;
  }
  return LAST_CODEC;
}

async function encodesWell(
  mimeType: string,
  { width, height }: PictureSize,
  mode: ShareMode,
  machine: Machine,
): Promise<boolean> {
  const cost = MS_PER_MEGAPIXEL[mimeType];
  if (cost === undefined || width * height === 0 || !machine.sends(mimeType)) return false;
  const { maxBitrate, maxFramerate } = screenLimits(mode);
  const video = {
    contentType: mimeType,
    width,
    height,
    bitrate: maxBitrate,
    framerate: maxFramerate,
    scalabilityMode: "L1T3",
  };
  // Browsers that do not know the question refuse it.
  const info = await machine.judge(video).catch(() => null);
  if (!info?.supported || !info.smooth) return false;
  if (info.powerEfficient) return true;
  // Of encoders it has not run yet a browser believes the best, whatever the machine.
  const working = (cost / 1_000) * ((width * height) / 1e6) * maxFramerate;
  return working <= machine.cores * SHARE_OF_MACHINE;
}

const thisMachine: Machine = {
  get cores() {
    return navigator.hardwareConcurrency || 1;
  },
  sends(mimeType) {
    const codecs = globalThis.RTCRtpSender?.getCapabilities("video")?.codecs ?? [];
    return codecs.some((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase());
  },
  async judge(video) {
    return navigator.mediaCapabilities.encodingInfo({ type: "webrtc", video });
  },
};
