/** The sign of the product: an open ring with a dot, people in a circle and one who has the word. */
import type { ComponentChildren } from "preact";

export function Mark({ class: extra }: { class?: string }) {
  return (
    <svg class={extra ? `mark ${extra}` : "mark"} viewBox="0 0 28 28" aria-hidden="true">
      <path class="mark-ring" d="M22.7 8.9A10 10 0 1 1 17.6 4.7" />
      <circle class="mark-dot" cx="21.6" cy="5.6" r="2.3" />
    </svg>
  );
}

export function Brand({ name, href = "/" }: { name: string; href?: string }) {
  return (
    <a class="brand" href={href}>
      <Mark />
      <span>{name}</span>
    </a>
  );
}

/** The drawing of a place where nothing is yet: the ring around what will be there. */
export function Empty(props: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <svg class="art" viewBox="0 0 120 84" aria-hidden="true">
        <path class="mark-ring" d="M86.5 26.7A31 31 0 1 1 71.4 13.2" />
        <circle class="mark-dot" cx="83" cy="14.5" r="6.500" />
        <path class="art-line" d="M46 52 60 30l14 22" />
      </svg>
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
    </div>
  );
}
