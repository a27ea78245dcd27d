/**
 * Opens microphone, camera and display. A refusal is a value with one of few reasons, each of
 * which has its own sentence; nothing here throws.
 */
import { failure, type Result, success } from "../result";
import type { ShareMode } from "../wire/messages";

export type CaptureRefusal = "denied" | "none" | "busy" | "insecure" | "unsupported" | "unknown";

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

const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

/** `exact`, since Chromium passes over an `ideal` device when there is a default one. */
function withDevice(wanted: MediaTrackConstraints, id?: string): MediaTrackConstraints {
  return id ? { ...wanted, deviceId: { exact: id } } : wanted;
}

async function openOne(
  constraints: MediaStreamConstraints,
): Promise<Result<MediaStreamTrack, CaptureRefusal>> {
  const opened = await open(constraints);
  if (!opened.ok) return opened;
  const track = opened.value.getTracks()[0];
  return track ? success(track) : failure("none");
}

/** A device that went away since it was chosen locks nobody out: then any other will do. */
async function openChosen(
  constraints: (id?: string) => MediaStreamConstraints,
  id?: string,
): Promise<Result<MediaStreamTrack, CaptureRefusal>> {
  const opened = await openOne(constraints(id));
  // Older browsers give OverconstrainedError no place among the errors: it is "unknown" there.
  const gone = !opened.ok && (opened.error === "none" || opened.error === "unknown");
  return id && gone ? openOne(constraints()) : opened;
}

export function openMicrophone(id?: string): Promise<Result<MediaStreamTrack, CaptureRefusal>> {
  return openChosen((wanted) => ({ audio: withDevice(MICROPHONE, wanted) }), id);
}

export function openCamera(id?: string): Promise<Result<MediaStreamTrack, CaptureRefusal>> {
  return openChosen((wanted) => ({ video: withDevice(CAMERA, wanted) }), id);
}

export interface BothCaptures {
  microphone: Result<MediaStreamTrack, CaptureRefusal>;
  camera: Result<MediaStreamTrack, CaptureRefusal>;
}

/**
 * Microphone and camera with one question to the person. Where one of the two fails, the other is
 * opened by itself, unless that would ask again what was just refused.
 */
export async function openBoth(ids: {
  microphone?: string;
  camera?: string;
}): Promise<BothCaptures> {
  const both = await open({
    audio: withDevice(MICROPHONE, ids.microphone),
    video: withDevice(CAMERA, ids.camera),
  });
  if (both.ok) {
    const [audio] = both.value.getAudioTracks();
    const [video] = both.value.getVideoTracks();
    return {
      microphone: audio ? success(audio) : failure("none"),
      camera: video ? success(video) : failure("none"),
    };
  }
  const single = async (name: "microphone" | "camera") => {
    const asked = both.error === "denied" && (await permissionOf(name)) !== "granted";
    if (asked || both.error === "insecure" || both.error === "unsupported") return both;
    return name === "microphone" ? openMicrophone(ids.microphone) : openCamera(ids.camera);
  };
  return { microphone: await single("microphone"), camera: await single("camera") };
}

type PermissionAnswer = PermissionState | "unknown";

async function permissionStatus(name: "microphone" | "camera"): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name });
  } catch {
    // Older Firefox and Safari do not know these names.
    return null;
  }
}

async function permissionOf(name: "microphone" | "camera"): Promise<PermissionAnswer> {
  return (await permissionStatus(name))?.state ?? "unknown";
}

/** Calls when the person allows a device in the browser's own settings; returns the way to stop. */
export function watchPermissions(onGranted: () => void): () => void {
  const stop = new AbortController();
  for (const name of ["microphone", "camera"] as const) {
    void permissionStatus(name).then((status) => {
      const changed = () => status?.state === "granted" && onGranted();
      if (!stop.signal.aborted)
        status?.addEventListener("change", changed, { signal: stop.signal });
    });
  }
  return () => stop.abort();
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
