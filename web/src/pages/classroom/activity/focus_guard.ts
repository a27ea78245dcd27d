/**
 * Who may have the keys while an activity is shown. What runs in its frame can ask for the focus
 * whenever it likes, and would then hear what somebody writes to the chat: it gets the focus by a
 * press on it or by Tab, and else it is given back to where it was.
 */

/** From the press of Tab to the focus being elsewhere. */
const TAB_MS = 200;
/** Browsers call a page touched for five seconds after a press. */
const TOUCHED_MS = 6_000;
/** So often in that time no page focuses a field of its own by mistake; each time costs a key. */
const TAKEN_MAX = 6;
const TAKEN_MS = 5_000;
/** How far a fast mouse goes from one picture to the next. */
const NEAR_PX = 100;
/** A focus that moved while the window was in the background tells nobody. */
const LOOK_MS = 250;

/** Decides; times in ms of one clock. */
export class FocusGuard {
  #tabAt = Number.NEGATIVE_INFINITY;
  #wroteAt = Number.NEGATIVE_INFINITY;
  #enteredAt: number | null = null;
  #takenAt: readonly number[] = [];

  /** Tab was pressed outside the frame. */
  tabbed(now: number): void {
    this.#tabAt = now;
  }

  /** Somebody writes, or is about to, outside the frame. */
  wrote(now: number): void {
    this.#wroteAt = now;
  }

  /** The pointer is on its way into the frame, or over it. */
  entered(now: number): void {
    this.#enteredAt = now;
  }

  left(): void {
    this.#enteredAt = null;
  }

  /** The frame took the focus unasked; whether that was too often. */
  taken(now: number): boolean {
    this.#takenAt = [...this.#takenAt, now].slice(-TAKEN_MAX);
    return this.#takenAt.length === TAKEN_MAX && now - (this.#takenAt[0] ?? now) < TAKEN_MS;
  }

  /**
   * Whether a person wanted the focus in the frame. `isTouched`: the browser says there was a press
   * just now. One in the frame counts, but is not to be told from the keys of who writes elsewhere,
   * unless that was long ago or the pointer came to the frame since; null where browsers do not say.
   */
  isAsked(now: number, isTouched: boolean | null): boolean {
    if (now - this.#tabAt < TAB_MS) return true;
    const came = this.#enteredAt !== null && this.#enteredAt > this.#wroteAt;
    if (isTouched === null) return came;
    return isTouched && (came || now - this.#wroteAt > TOUCHED_MS);
  }
}

/** Until the returned function is called; `onTaken` when it takes the focus without end. */
export function guardFocus(frame: HTMLIFrameElement, onTaken: () => void): () => void {
  const guard = new FocusGuard();
  let last = document.activeElement;
  let isGranted = last === frame;
  const stop = new AbortController();
  const { signal } = stop;
  const now = () => performance.now();
  const giveBack = () => {
    const isElsewhere = frame.isConnected && document.activeElement !== frame;
    if (signal.aborted || isElsewhere) return;
    frame.blur();
    if (last instanceof HTMLElement && last.isConnected) last.focus({ preventScroll: true });
  };
  const look = () => {
    if (document.activeElement !== frame) isGranted = false;
    else if (!isGranted) {
      isGranted = guard.isAsked(now(), navigator.userActivation?.isActive ?? null);
      if (isGranted) return;
      // The browser moves it only after it told so.
      setTimeout(giveBack);
      if (guard.taken(now())) onTaken();
    }
  };
  const pressed = () => {
    if (isWritten(document.activeElement)) guard.wrote(now());
  };
  const keyed = ({ key }: KeyboardEvent) => {
    if (key === "Tab") guard.tabbed(now());
    else guard.wrote(now());
  };
  const moved = ({ target }: FocusEvent) => {
    if (target === frame || !(target instanceof Element)) return;
    last = target;
    isGranted = false;
    if (isWritten(target)) guard.wrote(now());
  };
  const pointed = (event: PointerEvent) => {
    if (isNear(event, frame.getBoundingClientRect())) guard.entered(now());
    else guard.left();
  };
  addEventListener("pointermove", pointed, { signal, capture: true });
  addEventListener("keydown", keyed, { signal, capture: true });
  addEventListener("pointerdown", pressed, { signal, capture: true });
  addEventListener("focusin", moved, { signal });
  addEventListener("blur", look, { signal });
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    stop.abort();
  };
}

/** A frame does not tell that the pointer came: it was last seen beside it. */
function isNear(
  { clientX, clientY }: PointerEvent,
  { left, right, top, bottom }: DOMRect,
): boolean {
  const aside = Math.max(left - clientX, clientX - right, top - clientY, clientY - bottom);
  return aside < NEAR_PX;
}

/** Whether keys become text there. */
function isWritten(element: Element | null): boolean {
  return element?.matches("input, textarea, [contenteditable]") ?? false;
}
