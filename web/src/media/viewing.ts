/**
 * Which pictures are asked for, and how large: (what is seen, what the server was told) to what
 * must be told now. Pure; `consumers.ts` sends it.
 */
import { type Layers, layersFor } from "./quality";

/** Device pixels of the tiles that show a picture now; empty when nobody can see it. */
export type Tiles = ReadonlyMap<object, number>;

export interface Viewed {
  kind: "audio" | "video";
  /** A screen has one layer only; asking is idle. */
  layered: boolean;
  tiles: Tiles;
  /** Until this time a picture is wanted though no tile shows it: the page is still drawing. */
  graceUntil: number;
  told: { flowing: boolean; layers: Layers | null };
}

export interface ViewingPlan {
  resume: string[];
  pause: string[];
  layers: { id: string; layers: Layers }[];
  /** When to plan again although nothing changed; null when there is no such time. */
  again: number | null;
}

export function planViewing(views: ReadonlyMap<string, Viewed>, now: number): ViewingPlan {
  const plan: ViewingPlan = { resume: [], pause: [], layers: [], again: null };
  for (const [id, view] of views) {
    const seen = view.kind === "audio" || view.tiles.size > 0;
    const wanted = seen || now < view.graceUntil;
    if (wanted && !seen) plan.again = Math.min(plan.again ?? Infinity, view.graceUntil);
    if (wanted && !view.told.flowing) plan.resume.push(id);
    if (!wanted && view.told.flowing) plan.pause.push(id);
    const layers = seen && view.layered ? wantedLayers(view) : null;
    if (layers && !same(layers, view.told.layers)) plan.layers.push({ id, layers });
  }
  return plan;
}

function wantedLayers(view: Viewed): Layers | null {
  const height = Math.max(0, ...view.tiles.values());
  return height > 0 ? layersFor(height, view.told.layers) : null;
}

function same(one: Layers, other: Layers | null): boolean {
  return one.spatial === other?.spatial && one.temporal === other.temporal;
}
