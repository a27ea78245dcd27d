/**
 * What lies on a page at any moment, as one picture of the view. A seek begins with the nearest
 * picture there is (what is shown, or one of some kept ones), paints what came on top and paints
 * anew only the places where something went or moved. What would take too long for that is painted
 * in slices, and the last picture stays meanwhile. Paper and what lies under the ink are not its.
 */
import { grow, meets } from "../board/kernel/rect";
import type { Rect } from "../board/model";
import { Keeper } from "./keeper";
import { Moments } from "./moments";
import { copy, type Picture, type Sight, type StillPorts, wipe } from "./pictures";
import { merged } from "./places";
import type { Version } from "./tape";

/** So many strokes are painted at once, and not in slices. */
const AT_ONCE = 2_500;
/** Where so little has changed the way there is short in any case. */
const FEW = 20;
const PER_LOOK = 50;

export class Still {
  readonly #ports: StillPorts;
  readonly #keeper: Keeper;
  #moments = new Moments([]);
  #boxes: (Rect | undefined)[] = [];
  #sight: Sight | null = null;
  #shown: Picture | null = null;
  /** How what is shown was looked at: another way while a new picture is being painted. */
  #shownSight: Sight | null = null;
  #fill: { picture: Picture; list: number[]; next: number } | null = null;
  #wanted = 0;

  constructor(ports: StillPorts, limits: { most: number; bytes: number }) {
    this.#ports = ports;
    this.#keeper = new Keeper(ports, limits, {
      moments: () => this.#moments,
      bring: (picture, ms, list) => this.#bring(picture, ms, list),
      paint: (picture, at) => this.#paint(picture.ctx, at),
    });
  }

  /** Another page, or the same one with more on it. */
  show(versions: readonly Version[]): void {
    this.#moments = new Moments(versions);
    this.#boxes = [];
    this.#forget();
  }

  /** Something is painted otherwise from now on: an image came, a font. */
  repaint(): void {
    this.#boxes = [];
    this.#forget();
  }

  look(sight: Sight): void {
    const old = this.#sight;
    if (old && isSame(old, sight)) return;
    this.#sight = sight;
    this.#fill = null;
    this.#keeper.stop();
    if (this.#shift(sight)) this.#keeper.begin(sight);
    else this.#again();
  }

  /** `coming`: `work` brings the right picture; `same`: it stood there already. */
  seek(ms: number): "same" | "changed" | "coming" {
    this.#wanted = ms;
    if (!this.#sight || this.#fill) return "coming";
    const shown = this.#shown;
    const changes =
      shown?.ms == null ? Number.POSITIVE_INFINITY : this.#moments.changes(shown.ms, ms);
    if (shown && changes === 0) {
      shown.ms = ms;
      return "same";
    }
    const picture = shown ?? this.#blank();
    if (changes > FEW) {
      const near = this.#keeper.nearest(ms, shown);
      if (near.work > AT_ONCE) {
        this.#again();
        return "coming";
      }
      if (near.picture === null) wipe(picture);
      else if (near.picture !== picture) copy(near.picture, picture);
    }
    this.#bring(picture, ms);
    this.#present(picture);
    return "changed";
  }

  /** One slice of what is left; true when the picture has changed by it. */
  work(budgetMs: number): boolean {
    const fill = this.#fill;
    if (!fill) return false;
    const end = this.#ports.now() + budgetMs;
    while (fill.next < fill.list.length) {
      if (fill.next % PER_LOOK === 0 && this.#ports.now() >= end) return false;
      this.#paint(fill.picture.ctx, fill.list[fill.next++] as number);
    }
    this.#fill = null;
    this.#present(fill.picture);
    if (this.#sight) this.#keeper.begin(this.#sight);
    this.seek(this.#wanted);
    return true;
  }

  get isWorking(): boolean {
    return this.#fill !== null;
  }

  /** Whether pictures to begin a seek with are all there. */
  get isPrepared(): boolean {
    return this.#keeper.isDone;
  }

  /** What there is, stretched to this view as long as the right one is being painted. */
  draw(ctx: CanvasRenderingContext2D, to: Sight): void {
    const from = this.#shownSight;
    if (!this.#shown || !from) return;
    const zoom = (to.camera.scale * to.ratio) / (from.camera.scale * from.ratio);
    const px = to.camera.scale * to.ratio;
    const x = (from.camera.x - to.camera.x) * px;
    const y = (from.camera.y - to.camera.y) * px;
    ctx.drawImage(this.#shown.ctx.canvas, x, y, from.w * zoom, from.h * zoom);
  }

  destroy(): void {
    this.#keeper.stop();
    this.#fill = null;
    this.#shown = null;
  }

  #forget(): void {
    this.#keeper.stop();
    this.#fill = null;
    if (this.#sight) this.#again();
  }

  /** All of it anew, in slices. */
  #again(): void {
    const list = this.#moments.alive(this.#wanted).filter((at) => this.#isSeen(at));
    const picture = { ...this.#blank(), ms: this.#wanted };
    this.#fill = { picture, list, next: 0 };
  }

  /** A pan by whole pixels: what is there moves, and only what comes into sight is painted. */
  #shift(sight: Sight): boolean {
    const [shown, from] = [this.#shown, this.#shownSight];
    if (!shown || !from || from.w !== sight.w || from.h !== sight.h) return false;
    if (from.ratio !== sight.ratio || from.camera.scale !== sight.camera.scale) return false;
    const px = sight.camera.scale * sight.ratio;
    const dx = (from.camera.x - sight.camera.x) * px;
    const dy = (from.camera.y - sight.camera.y) * px;
    const [x, y] = [Math.round(dx), Math.round(dy)];
    const isWhole = Math.abs(dx - x) < 0.01 && Math.abs(dy - y) < 0.01;
    if (!isWhole || Math.abs(x) >= sight.w || Math.abs(y) >= sight.h) return false;
    const picture = { ...this.#blank(), ms: shown.ms };
    picture.ctx.setTransform(1, 0, 0, 1, 0, 0);
    picture.ctx.drawImage(shown.ctx.canvas, x, y);
    const bare = bareParts(x, y, sight);
    const seen = { x: sight.camera.x, y: sight.camera.y };
    const places = bare.map((part) => ({
      ...{ x: seen.x + part.x / px, y: seen.y + part.y / px },
      ...{ w: part.w / px, h: part.h / px },
    }));
    if (picture.ms !== null) this.#repair(picture, places, this.#moments.alive(picture.ms));
    this.#present(picture);
    return true;
  }

  #present(picture: Picture): void {
    this.#shown = picture;
    this.#shownSight = this.#sight;
  }

  #blank(): Picture {
    const { w, h } = this.#sight ?? { w: 1, h: 1 };
    return { ctx: this.#ports.canvas(w, h), ms: null };
  }

  /** From the moment it shows to another; what is only painted on top goes to `later`, if given. */
  #bring(picture: Picture, ms: number, later?: number[]): void {
    const { onTop, under, removed } = this.#moments.step(picture.ms, ms);
    const places = [...under, ...removed].map((at) => this.#box(at));
    if (places.length > 0) {
      const top = onTop[0] ?? Number.POSITIVE_INFINITY;
      const below = this.#moments.alive(ms).filter((at) => at < top);
      this.#repair(picture, merged(places), below);
    }
    picture.ms = ms;
    for (const at of onTop) {
      if (!this.#isSeen(at)) continue;
      if (later) later.push(at);
      else this.#paint(picture.ctx, at);
    }
  }

  #repair({ ctx }: Picture, places: readonly Rect[], list: readonly number[]): void {
    for (const place of places) {
      const part = this.#enterPart(ctx, place);
      if (part) for (const at of list) if (meets(this.#box(at), part)) this.#paint(ctx, at);
      ctx.restore();
    }
  }

  /** Whole pixels, so that no seam is left; what of the page they show, null when out of sight. */
  #enterPart(ctx: CanvasRenderingContext2D, place: Rect): Rect | null {
    ctx.save();
    const { camera, ratio, w, h } = this.#sight as Sight;
    const px = camera.scale * ratio;
    const left = Math.max(0, Math.floor((place.x - camera.x) * px) - 1);
    const top = Math.max(0, Math.floor((place.y - camera.y) * px) - 1);
    const right = Math.min(w, Math.ceil((place.x + place.w - camera.x) * px) + 1);
    const bottom = Math.min(h, Math.ceil((place.y + place.h - camera.y) * px) + 1);
    if (right <= left || bottom <= top) return null;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.beginPath();
    ctx.rect(left, top, right - left, bottom - top);
    ctx.clip();
    ctx.clearRect(left, top, right - left, bottom - top);
    const part = { x: left / px + camera.x, y: top / px + camera.y };
    return grow({ ...part, w: (right - left) / px, h: (bottom - top) / px }, 1 / px);
  }

  #paint(ctx: CanvasRenderingContext2D, at: number): void {
    const { camera, ratio } = this.#sight as Sight;
    const px = camera.scale * ratio;
    ctx.setTransform(px, 0, 0, px, -camera.x * px, -camera.y * px);
    const version = this.#moments.versions[at];
    if (version) this.#ports.paint(ctx, version.item, px);
  }

  #isSeen(at: number): boolean {
    const { camera, ratio, w, h } = this.#sight as Sight;
    const px = camera.scale * ratio;
    return meets(this.#box(at), { x: camera.x, y: camera.y, w: w / px, h: h / px });
  }

  #box(at: number): Rect {
    const known = this.#boxes[at];
    if (known) return known;
    const box = this.#ports.boxOf((this.#moments.versions[at] as Version).item);
    this.#boxes[at] = box;
    return box;
  }
}

function bareParts(x: number, y: number, { w, h }: Sight): Rect[] {
  const parts: Rect[] = [];
  if (x !== 0) parts.push({ x: x > 0 ? 0 : w + x, y: 0, w: Math.abs(x), h });
  if (y !== 0) parts.push({ x: 0, y: y > 0 ? 0 : h + y, w, h: Math.abs(y) });
  return parts;
}

function isSame(a: Sight, b: Sight): boolean {
  const isPlaced = a.camera.x === b.camera.x && a.camera.y === b.camera.y;
  return isPlaced && a.camera.scale === b.camera.scale && isSized(a, b);
}

function isSized(a: Sight, b: Sight): boolean {
  return a.ratio === b.ratio && a.w === b.w && a.h === b.h;
}
