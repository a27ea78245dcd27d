/**
 * Opens microphone, camera and display. A refusal is a value with one of few reasons, each of
 * which has its own sentence; nothing here throws.
 */
import { failure, type Result, success } from "../result";

export type CaptureRefusal = "denied" | "none" | "busy" | "insecure" | "unsupported" | "unknown";
export type ShareMode = "text" | "motion";

export interface DisplayCapture {
  video: MediaStreamTrack;
  audio: MediaStreamTrack | null;
}

/** Names by W3C Media Capture and Streams 10.3 and Screen Capture 5.1, with older aliases. */
const REASONS: Record<string, CaptureRefusal> = {
  NotAllowedError: "denied",
  PermissionDeniedError: "denied",
  SecurityError: "denied",
  NotFoundError: "none",
  DevicesNotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  TrackStartError: "busy",
  AbortError: "busy",
  NotSupportedError: "unsupported",
  TypeError: "unsupported",
};

export function refusalOf(error: unknown): CaptureRefusal {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return REASONS[name] ?? "unknown";
}

export function missingDoor(): CaptureRefusal | null {
  if (!globalThis.isSecureContext) return "insecure";
  return navigator.mediaDevices?.getUserMedia === undefined ? "unsupported" : null;
}

async function open(
  constraints: MediaStreamConstraints,
): Promise<Result<MediaStream, CaptureRefusal>> {
  const missing = missingDoor();
  if (missing) return failure(missing);
  try {
    return success(await navigator.mediaDevices.getUserMedia(constraints));
  } catch (error) {
    return failure(refusalOf(error));
  }
}

/** A device that went away since it was chosen must not lock the person out. */
async function openWithFallback(
  kind: "audio" | "video",
  constraints: MediaTrackConstraints,
  deviceId?: string,
): Promise<Result<MediaStreamTrack, CaptureRefusal>> {
  const exact = deviceId ? { ...constraints, deviceId: { exact: deviceId } } : constraints;
  let opened = await open({ [kind]: exact });
  if (!opened.ok && opened.error === "none" && deviceId)
    opened = await open({ [kind]: constraints });
  if (!opened.ok) return opened;
  const track = opened.value.getTracks()[0];
  return track ? success(track) : failure("none");
}

export function openMicrophone(
  deviceId?: string,
): Promise<Result<MediaStreamTrack, CaptureRefusal>> {
  const constraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  return openWithFallback("audio", constraints, deviceId);
}

export function openCamera(deviceId?: string): Promise<Result<MediaStreamTrack, CaptureRefusal>> {
  const constraints = {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30, max: 30 },
  };
  return openWithFallback("video", constraints, deviceId);
}

/** Asks for a screen, window or tab. "cancelled" is the person's own no, not a fault. */
export async function captureDisplay(ask: {
  mode: ShareMode;
  audio: boolean;
}): Promise<Result<DisplayCapture, CaptureRefusal | "cancelled">> {
  if (!globalThis.isSecureContext) return failure("insecure");
  if (navigator.mediaDevices?.getDisplayMedia === undefined) return failure("unsupported");
  const frameRate = ask.mode === "motion" ? 30 : 15;
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: frameRate, max: frameRate } },
      audio: ask.audio
        ? { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
        : false,
    });
    const video = stream.getVideoTracks()[0];
    if (!video) return failure("none");
    video.contentHint = ask.mode === "text" ? "detail" : "motion";
    return success({ video, audio: stream.getAudioTracks()[0] ?? null });
  } catch (error) {
    const reason = refusalOf(error);
    return failure(reason === "denied" || reason === "busy" ? "cancelled" : reason);
  }
}
