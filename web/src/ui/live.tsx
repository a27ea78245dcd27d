/** What is said without being asked: aloud for screen readers, and as toasts for eyes. */
import { signal } from "@preact/signals";

interface Toast {
  id: number;
  text: string;
  action?: { label: string; run(): void };
}

const TOAST_MS = 5000;

const spoken = signal("");
const toasts = signal<readonly Toast[]>([]);
let count = 0;

/** Says `text` in the polite live region; the same text twice is said twice. */
export function announce(text: string): void {
  // Only written: an effect that announces must not run again by it.
  spoken.value = spoken.peek() === text ? `${text}\u00a0` : text;
}

export function toast(text: string, action?: Toast["action"]): void {
  count += 1;
  const id = count;
  toasts.value = [...toasts.value.slice(-2), { id, text, action }];
  announce(text);
  setTimeout(() => dismiss(id), TOAST_MS);
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

/** Once in the page, beside everything else. */
export function LiveRegions() {
  return (
    <>
      <div class="vh" aria-live="polite">
        {spoken.value}
      </div>
      <div class="toasts">
        {toasts.value.map((one) => (
          <div class="toast" key={one.id}>
            <span>{one.text}</span>
            {one.action && (
              <button
                type="button"
                class="btn"
                onClick={() => {
                  dismiss(one.id);
                  one.action?.run();
                }}
              >
                {one.action.label}
              </button>
            )}
          </div>
        ))}
      </div>
    </>
  );
}
