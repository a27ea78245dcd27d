/** A deck on the stage, for tests: pages of the board and what is told of their slides. */
import type { Slide } from "../../wire/decks";
import type { BoardPage } from "../../wire/messages";

export function pageOf(over: Partial<BoardPage>): BoardPage {
  return {
    ...{ id: "p1", name: "", paper: "plain", width: 1280, height: 720, is_locked: false, epoch: 0 },
    ...{ may_unclear: false, kind: "page", backdrop: "", placement: "", slide: 0, step: 0 },
    is_seen: true,
    ...over,
  };
}

/** `seen` steps the class was on; the others have no address on the wire. */
export function leafOf(slide: number, step = 0, is_seen = true): BoardPage {
  const backdrop = is_seen ? `/s/${slide}-${step}` : "";
  return pageOf({
    ...{ id: `d-${slide}-${step}`, kind: "slide", placement: "d", slide, step, is_seen, backdrop },
  });
}

export function slideOf(number: number, texts: readonly string[], over: Partial<Slide> = {}) {
  const leaves = texts.map((text, step) => ({
    ...{ step, address: `/s/${number}-${step}`, width: 1280, height: 720, text },
  }));
  return { number, title: "", notes: "", leaves, ...over };
}
