/**
 * One moving picture. Tells the media side how large it is shown and whether it can be seen, so
 * that the right layer comes and a hidden picture costs nothing.
 */
import { useEffect, useRef } from "preact/hooks";
import { markRemoteFrame } from "../../media/marks";
import type { Desk } from "./desk";

interface PictureProps {
  desk: Desk;
  track: MediaStreamTrack;
  /** Null for our own picture. */
  consumerId: string | null;
  label: string;
  mirrored?: boolean;
  class?: string;
  /** Called with the picture's own proportion when it is known or changes. */
  onRatio?(ratio: number): void;
}

export function Picture(props: PictureProps) {
  const ref = useRef<HTMLVideoElement>(null);
  const { desk, track, consumerId, onRatio } = props;
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
  useEffect(() => {
    const video = ref.current;
    return video && consumerId ? reportSize(video, desk, consumerId) : undefined;
  }, [desk, consumerId]);
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

function reportSize(video: HTMLVideoElement, desk: Desk, consumerId: string): () => void {
  const consumers = desk.session.call.consumers;
  let seen = true;
  const tell = () => {
    // A cropped picture is as high as its wider side demands.
    const height = Math.max(video.clientHeight, video.clientWidth / RATIO) * devicePixelRatio;
    consumers.view(consumerId, video, seen ? Math.round(height) : null);
  };
  const size = new ResizeObserver(tell);
  const sight = new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? true;
    tell();
  });
  size.observe(video);
  sight.observe(video);
  return () => {
    size.disconnect();
    sight.disconnect();
    consumers.view(consumerId, video, null);
  };
}
