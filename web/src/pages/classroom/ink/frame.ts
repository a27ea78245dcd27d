/** One frame of the shared screen as a picture, at its own size. */

const WIDEST = 2560;
const QUALITY = 0.92;
const WAIT_MS = 3_000;

export interface Frame {
  picture: Blob;
  width: number;
  height: number;
}

/** `own` is a screen of ours, which is not always shown here. Null when no frame could be had. */
export async function takeFrame(own: MediaStreamTrack | null): Promise<Frame | null> {
  const shown = [...document.querySelectorAll<HTMLVideoElement>(".stage .canvas video.is-whole")];
  // Of two the lower one has been drawn; what lies above may have come without a frame.
  const video = shown.findLast((one) => one.videoWidth > 0 && one.readyState >= 2);
  if (video) return pictureOf(video);
  return own ? hidden(own) : null;
}

async function hidden(track: MediaStreamTrack): Promise<Frame | null> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  try {
    const ready = new Promise<boolean>((resolve) => {
      video.addEventListener("loadeddata", () => resolve(true), { once: true });
      setTimeout(() => resolve(false), WAIT_MS);
    });
    await video.play().catch(() => undefined);
    return (await ready) ? await pictureOf(video) : null;
  } finally {
    video.srcObject = null;
  }
}

async function pictureOf(video: HTMLVideoElement): Promise<Frame | null> {
  const scale = Math.min(1, WIDEST / video.videoWidth);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { width, height } = canvas;
  // A browser that cannot write WebP gives PNG, which may be far larger than is taken.
  const picture = (await blobOf(canvas, "image/webp")) ?? (await blobOf(canvas, "image/jpeg"));
  return picture && { picture, width, height };
}

function blobOf(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) =>
    canvas.toBlob((blob) => resolve(blob?.type === type ? blob : null), type, QUALITY),
  );
}
