/**
 * Faces in a grid, up to 25 on a page. Only the page that is seen has tiles, so only its people
 * flow; a tile keeps its size from page to page and its place while people join.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import type { Participant } from "../../wire/messages";
import { type Desk, turnFaces } from "./desk";
import { type Form, type GalleryMeasure, galleryOrder, galleryPlan } from "./layout";
import { followSwipes } from "./swipes";
import { isSpeaking, Tile } from "./tile";
import { useSize } from "./use_size";

const MEASURES: Record<Form, GalleryMeasure> = {
  wide: { gap: 8, least: 180, ratio: 16 / 9, give: 0.03, pager: 52 },
  tablet: { gap: 8, least: 170, ratio: 16 / 9, give: 0.03, pager: 52 },
  // A face held in the hand is rather upright.
  phone: { gap: 8, least: 160, ratio: 4 / 3, give: 0.08, pager: 52 },
};
/** So many people stand in the middle; of more the last row grows from the left, and nobody moves. */
const CENTRED = { people: 6, rows: 2 };

interface GalleryProps {
  desk: Desk;
  faces: readonly Participant[];
  /** Stands before the faces of every page, as large as one of them. */
  first?: ComponentChildren;
}

export function Gallery({ desk, faces, first }: GalleryProps) {
  const ref = useRef<HTMLElement>(null);
  const size = useSize(ref);
  const { selfId } = desk.room.value;
  const plan = galleryPlan(faces.length, size, MEASURES[desk.form.value], first ? 1 : 0);
  const { perPage, pages } = plan;
  const page = Math.min(desk.page.value, pages - 1);
  const start = page * perPage;
  const order = galleryOrder(faces, selfId, perPage);
  const avatar = Math.min(112, Math.max(40, Math.round(plan.tile.height * 0.36)));
  const known = size.width > 0;
  useEffect(() => {
    desk.pages.value = pages;
    return () => {
      desk.pages.value = 1;
    };
  }, [desk, pages]);
  useEffect(() => {
    const swipe = (step: 1 | -1) => void turnFaces(desk, step);
    return ref.current ? followSwipes(ref.current, swipe) : undefined;
  }, [desk]);
  const few = faces.length <= CENTRED.people || plan.rows <= CENTRED.rows;
  const form = pages > 1 ? "is-paged" : few ? "is-centred" : "";
  return (
    <section
      class={`gallery ${form}`}
      ref={ref}
      aria-label={t("room-faces")}
      style={{
        "--columns": String(plan.columns),
        "--tile-w": `${plan.tile.width}px`,
        "--tile-h": `${plan.tile.height}px`,
      }}
    >
      <div class="gallery-grid">
        {known && first && <div class="gallery-first">{first}</div>}
        {known &&
          order
            .slice(start, start + perPage)
            .map((person) => <Tile key={person.id} desk={desk} person={person} avatar={avatar} />)}
      </div>
      {known && pages > 1 && <Pager desk={desk} {...{ order, page, pages, perPage }} />}
    </section>
  );
}

interface PagerProps {
  desk: Desk;
  order: readonly Participant[];
  page: number;
  pages: number;
  perPage: number;
}

/** More dots than this are only decoration. */
const DOTS_MAX = 8;

function Pager({ desk, order, page, pages, perPage }: PagerProps) {
  const first = page * perPage + 1;
  const last = Math.min(order.length, first + perPage - 1);
  const speaks = (at: number) =>
    order.slice(at * perPage, (at + 1) * perPage).some((person) => isSpeaking(desk, person));
  const arrow = (step: 1 | -1) => {
    const ends = step < 0 ? page === 0 : page === pages - 1;
    return (
      <IconButton
        label={t(step < 0 ? "room-faces-previous" : "room-faces-next")}
        icon={step < 0 ? "left" : "right"}
        aria-disabled={ends || undefined}
        onClick={() => turnFaces(desk, step)}
      />
    );
  };
  return (
    <nav class="faces-pager" aria-label={t("room-faces-pages")}>
      {arrow(-1)}
      <span class="pager-span num" role="status">
        {t("room-faces-span", { first, last, count: order.length })}
      </span>
      {pages <= DOTS_MAX && (
        <span class="pager-dots" aria-hidden="true">
          {Array.from({ length: pages }, (_, at) => (
            <i
              key={String(at)}
              class={at === page ? "is-now" : speaks(at) ? "is-speaking" : undefined}
            />
          ))}
        </span>
      )}
      {arrow(1)}
    </nav>
  );
}
