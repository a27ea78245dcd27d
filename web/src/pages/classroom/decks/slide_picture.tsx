/** The small picture of a slide; one that is still being made is asked for again. */
import { useEffect, useState } from "preact/hooks";

const TRIES = 20;
const AGAIN_MS = 1_000;

interface PictureProps {
  /** Empty while it is not known: then there is only paper. */
  address: string;
  ratio: number;
  px?: 320 | 1280;
  class: string;
}

export function SlidePicture({ address, ratio, px = 320, class: look }: PictureProps) {
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!failed || tries >= TRIES) return;
    const timer = setTimeout(() => {
      setFailed(false);
      setTries(tries + 1);
    }, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [failed, tries]);
  const style = { "--ratio": String(ratio) };
  if (failed || address === "") return <span class={look} style={style} />;
  return (
    <img
      class={look}
      style={style}
      src={`${address}/${px}.webp`}
      alt=""
      loading="lazy"
      draggable={false}
      onError={() => setFailed(true)}
    />
  );
}

/** Width by height, of a page of a deck. */
export function ratioOf({ width, height }: { width: number | null; height: number | null }) {
  return (width ?? 16) / (height ?? 9);
}
