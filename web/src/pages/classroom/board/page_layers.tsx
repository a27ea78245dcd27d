/** What lies under or over the ink of a page that is more than paper or a picture. */
import { computed } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useMemo } from "preact/hooks";
import type { PageKind, Rect } from "../../../board/model";
import type { BoardView } from "../../../board/view_types";
import { ActivityBar } from "../activity/activity_bar";
import { ActivityFrame } from "../activity/activity_frame";
import type { Desk } from "../desk";
import { FilmBar } from "../film/film_bar";
import { FilmLayer, FilmOver } from "../film/film_layer";
import type { LayerProps } from "./layer_props";

interface Layers {
  /** Under the ink, which has the presses unless the layer says otherwise. */
  Under?: FunctionComponent<LayerProps>;
  /** Over the ink. */
  Over?: FunctionComponent<LayerProps>;
  /** A row under the board. */
  Bar?: FunctionComponent<LayerProps>;
}

const PAGE_LAYERS: Partial<Record<PageKind, Layers>> = {
  film: { Under: FilmLayer, Over: FilmOver, Bar: FilmBar },
  activity: { Under: ActivityFrame, Bar: ActivityBar },
};

interface Which {
  desk: Desk;
  view: BoardView;
  which: keyof Layers;
}

/** Nothing on most pages. */
export function PageLayer({ desk, view, which }: Which) {
  const page = desk.room.value.board.pages.find((one) => one.id === view.pageId.value);
  const box = useMemo(() => computed(() => boxOf(view)), [view]);
  const Layer = page && PAGE_LAYERS[page.kind]?.[which];
  if (!page || !Layer || page.backdrop === "") return null;
  // A new version of the deck is another file on the same page: what showed the old one is over.
  const key = `${page.id} ${page.backdrop}`;
  return <Layer key={key} desk={desk} view={view} page={page} box={box} />;
}

function boxOf({ camera, page }: BoardView): Rect {
  const { x, y, scale } = camera.value;
  const { width, height } = page.value ?? { width: 0, height: 0 };
  return { x: -x * scale, y: -y * scale, w: (width ?? 0) * scale, h: (height ?? 0) * scale };
}
