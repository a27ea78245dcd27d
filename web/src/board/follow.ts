/**
 * Following the class: whose view is shown, how it is fitted here, and when one has gone one's own
 * way. Who presents sends their view instead, at most ten times a second.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { between, cameraShowing, type Size, viewOf } from "./camera";
import type { Camera, Peer, Rect } from "./model";
import type { BoardWire } from "./view_ports";

export const SEND_MS = 100;
export const GLIDE_MS = 100;

export interface FollowPorts {
  link: Pick<BoardWire, "sendView" | "onView">;
  peers: ReadonlySignal<readonly Peer[]>;
  classPage: ReadonlySignal<string>;
  presenter: ReadonlySignal<string | null>;
  selfId: ReadonlySignal<string>;
  pageId: Signal<string>;
  camera: Signal<Camera>;
  size: ReadonlySignal<Size>;
  /** Width and height of the page looked at; another version of a slide may have others. */
  shape: ReadonlySignal<string>;
  /** The camera a page begins with. */
  fitted(): Camera;
  now(): number;
  after(ms: number, call: () => void): () => void;
  /** requestAnimationFrame and its end. */
  frame(call: () => void): () => void;
}

export class Follow {
  readonly following = signal(true);
  readonly isPresenting: ReadonlySignal<boolean>;
  readonly #ports: FollowPorts;
  /** The presenter's view of each page. */
  #views = new Map<string, Rect>();
  #sentAt = Number.NEGATIVE_INFINITY;
  /** All of the page is shown since nobody moved the view; it stays so in another size. */
  #isFitted = true;
  #stopSending: (() => void) | null = null;
  #stopGliding: (() => void) | null = null;
  readonly #stops: (() => void)[] = [];

  constructor(ports: FollowPorts) {
    this.#ports = ports;
    this.isPresenting = computed(() => ports.presenter.value === ports.selfId.value);
    this.#stops.push(
      ports.link.onView((peer, pageId, view) => this.#heard(peer, pageId, view)),
      effect(() => this.#presenterChanged(ports.presenter.value)),
      effect(() => this.#classTurned(ports.classPage.value)),
      effect(() => this.#fitAgain(ports.size.value, ports.shape.value)),
      effect(() => this.#tell([ports.camera.value, ports.size.value, ports.pageId.value])),
    );
  }

  /** One's own pan or zoom. */
  movedByHand(isFitted = false): void {
    this.#stopGlide();
    this.#isFitted = isFitted;
    const { presenter } = this.#ports;
    if (!this.isPresenting.value && presenter.value !== null) this.following.value = false;
  }

  /** One's own page turn; who turns the class's page goes with it. */
  turnedByHand(pageId: string): void {
    this.#stopGlide();
    this.following.value = pageId === this.#ports.classPage.value;
    this.#show(pageId);
  }

  back(): void {
    this.following.value = true;
    this.#show(this.#ports.classPage.value);
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    this.#stopSending?.();
    this.#stopGlide();
  }

  #presenterChanged(_presenter: string | null): void {
    this.#views = new Map();
    if (this.isPresenting.peek()) this.following.value = true;
  }

  #classTurned(classPage: string): void {
    if (classPage !== "" && this.following.peek()) this.#show(classPage);
  }

  #show(pageId: string): void {
    const { pageId: shown, camera } = this.#ports;
    const isNew = shown.peek() !== pageId;
    this.#isFitted ||= isNew;
    shown.value = pageId;
    const target = this.#target(pageId);
    if (isNew) camera.value = target ?? this.#ports.fitted();
    else if (target) this.#glide(target);
  }

  /** A view of another shape is shown whole, so a new size of ours or the page's changes the camera. */
  #fitAgain(size: Size, _shape: string): void {
    if (size.w === 0 || size.h === 0) return;
    const target = this.#target(this.#ports.pageId.peek());
    if (target) this.#ports.camera.value = target;
    else if (this.#isFitted) this.#ports.camera.value = this.#ports.fitted();
  }

  #target(pageId: string): Camera | null {
    const view = this.#views.get(pageId);
    const size = this.#ports.size.peek();
    if (!view || this.isPresenting.peek() || !this.following.peek()) return null;
    return size.w > 0 && size.h > 0 ? cameraShowing(view, size) : null;
  }

  #heard(peer: number, pageId: string, view: Rect): void {
    const { peers, presenter, pageId: shown } = this.#ports;
    const who = peers.peek().find((one) => one.peer === peer)?.participantId;
    if (who === undefined || who !== presenter.peek() || this.isPresenting.peek()) return;
    if (!(view.w > 0 && view.h > 0)) return;
    this.#views.set(pageId, view);
    const target = pageId === shown.peek() ? this.#target(pageId) : null;
    if (target) this.#glide(target);
  }

  #glide(target: Camera): void {
    this.#stopGlide();
    const { camera, size, now, frame } = this.#ports;
    const from = camera.peek();
    const start = now();
    const step = () => {
      const t = Math.min(1, (now() - start) / GLIDE_MS);
      camera.value = between(from, target, t, size.peek());
      this.#stopGliding = t < 1 ? frame(step) : null;
    };
    this.#stopGliding = frame(step);
  }

  #stopGlide(): void {
    this.#stopGliding?.();
    this.#stopGliding = null;
  }

  /** Runs again with each change of what is sent, and with each newcomer. */
  #tell(_sent: readonly unknown[]): void {
    if (!this.isPresenting.value || !this.following.value) return;
    if (this.#ports.peers.value.length === 0) return;
    if (this.#stopSending) return;
    const rest = Math.max(0, this.#sentAt + SEND_MS - this.#ports.now());
    this.#stopSending = this.#ports.after(rest, () => this.#send());
  }

  #send(): void {
    this.#stopSending = null;
    const { camera, size, pageId, link, now } = this.#ports;
    if (!this.isPresenting.peek() || !this.following.peek()) return;
    if (size.peek().w === 0 || pageId.peek() === "") return;
    this.#sentAt = now();
    link.sendView(pageId.peek(), viewOf(camera.peek(), size.peek()));
  }
}
