/**
 * One moving picture. Tells the media side how large it is shown and whether it can be seen, so
 * that the right layer comes and a hidden picture costs nothing.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { markRemoteFrame } from "../../media/marks";
import type { Desk } from "./desk";

interface PictureProps {
  desk: Desk;
  track: MediaStreamTrack;
  /** Null for our own picture. */
  consumerId: string | null;
  label: string;
  mirrored?: boolean;
  /** Chosen by hand: it is the last to give anything up. */
  pinned?: boolean;
  class?: string;
  /** Called once, with the next frame that is shown. */
  onFresh?(): void;
  /** Called with the picture's own proportion when it is known or changes. */
  onRatio?(ratio: number): void;
}

export function Picture(props: PictureProps) {
  const ref = useRef<HTMLVideoElement>(null);
  const { desk, track, consumerId, onRatio, pinned = false } = props;
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    video.srcObject = new MediaStream([track]);
    // Refused only while the page is hidden or closing; the element plays by itself later.
    void video.play().catch(() => undefined);
    if (consumerId) video.requestVideoFrameCallback?.(() => markRemoteFrame());
    return () => {
      video.srcObject = null;
    };
  }, [track, consumerId]);
  const waiting = props.onFresh !== undefined;
  useEffect(() => {
    const video = ref.current;
    if (!video || !waiting) return;
    const fresh = () => props.onFresh?.();
    if (!video.requestVideoFrameCallback) return fresh();
    const asked = video.requestVideoFrameCallback(fresh);
    return () => video.cancelVideoFrameCallback(asked);
  }, [waiting, track]);
  // Before the next frame is drawn: what grows large is asked for sharp in the same moment.
  useLayoutEffect(() => {
    const video = ref.current;
    return video && consumerId ? reportSize(video, desk, { id: consumerId, pinned }) : undefined;
  }, [desk, consumerId, pinned]);
  return (
    <video
      ref={ref}
      class={`picture ${props.mirrored ? "is-mirrored" : ""} ${props.class ?? ""}`}
      autoplay
      muted
      playsInline
      disablePictureInPicture
      aria-label={props.label}
      onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
        if (videoHeight > 0) onRatio?.(videoWidth / videoHeight);
      }}
    />
  );
}

const RATIO = 16 / 9;

/** Reports at once and whenever the size, the pin or the sight of the picture changes. */
function reportSize(video: HTMLVideoElement, desk: Desk, of: { id: string; pinned: boolean }) {
  const consumers = desk.session.call.consumers;
  let seen = true;
  const tell = () => {
    const { clientWidth: width, clientHeight } = video;
    // A cropped picture is as high as its wider side demands.
    const height = Math.max(clientHeight, width / RATIO);
    const shown = { width, height, density: devicePixelRatio, pinned: of.pinned };
    consumers.view(of.id, video, seen ? shown : null);
  };
  const size = new ResizeObserver(tell);
  const sight = new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? true;
    tell();
  });
  // Without a size there is nothing to ask for yet; the observer tells when there is.
  if (video.clientHeight > 0) tell();
  size.observe(video);
  sight.observe(video);
  return () => {
    size.disconnect();
    sight.disconnect();
    consumers.view(of.id, video, null);
  };
}
