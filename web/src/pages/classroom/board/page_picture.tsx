/** A page as a small picture, live while it is in sight. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { BoardView, ThumbnailWay } from "../../../board/view_types";
import type { BoardPage } from "../../../wire/messages";

interface PictureProps {
  view: BoardView;
  page: BoardPage;
  class: string;
  how?: ThumbnailWay;
}

export function PagePicture({ view, page, class: look, how }: PictureProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const watch = new IntersectionObserver((entries) => {
      setSeen(entries.at(-1)?.isIntersecting ?? false);
    });
    watch.observe(canvas);
    return () => watch.disconnect();
  }, []);
  // A page that is not in sight is not read; few can be open at once.
  useEffect(() => {
    if (seen && ref.current) return view.thumbnail(page.id, ref.current, how);
  }, [seen, view, page.id, page.epoch, page.paper, page.width]);
  const ratio = page.width && page.height ? page.width / page.height : 16 / 9;
  return <canvas ref={ref} class={look} style={{ "--ratio": String(ratio) }} />;
}
