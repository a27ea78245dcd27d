/** A recorded picture that follows the sound. It has no sound of its own, and is turned upright. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Track, turnAt } from "../../recording/manifest";
import { isSeen } from "../../recording/tracks";
import type { PlayerDesk } from "./desk";
import { waitOf } from "./sound";

interface TrackVideoProps {
  desk: PlayerDesk;
  track: Track;
  label: string;
  class?: string;
  /** Tells the shape of the picture, and when it changes. */
  onShape?(w: number, h: number): void;
}

export function TrackVideo({ desk, track, label, class: extra, onShape }: TrackVideoProps) {
  const ref = useRef<HTMLVideoElement>(null);
  const now = useRef(track);
  now.current = track;
  const turn = useComputed(() => turnAt(now.current, desk.playback.ms.value)).value;
  const again = useSignal(0);
  const failed = useRef(0);
  const address = desk.sources.address(track.url, again.value);
  const onFault = () => {
    setTimeout(async () => {
      if (ref.current && (await desk.sources.isFine())) again.value += 1;
    }, waitOf(failed.current));
    failed.current += 1;
  };
  useEffect(() => {
    const medium = ref.current;
    if (!medium) return;
    desk.playback.put({
      ...{ id: track.id, medium, startMs: track.startMs },
      isThere: (ms) => isSeen(now.current, ms),
    });
    return () => desk.playback.take(track.id);
  }, [track.id, address]);
  const shape = (element: HTMLVideoElement) => {
    const isOnSide = turn % 180 !== 0;
    const { videoWidth: w, videoHeight: h } = element;
    if (w > 0 && h > 0) onShape?.(isOnSide ? h : w, isOnSide ? w : h);
  };
  return (
    <video
      key={address}
      ref={ref}
      class={extra}
      src={address}
      aria-label={label}
      muted
      playsInline
      disableRemotePlayback
      preload="auto"
      data-turn={turn === 0 ? undefined : turn}
      onLoadedMetadata={(event) => shape(event.currentTarget)}
      onResize={(event) => shape(event.currentTarget as HTMLVideoElement)}
      onError={onFault}
      onPlaying={() => {
        failed.current = 0;
      }}
    />
  );
}
