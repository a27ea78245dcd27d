/** The size of an element, followed; and the form of the window. */
import { type Signal, signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Form, Size } from "./layout";

export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** A phone on its side is low rather than narrow: its faces belong beside the stage, too. */
const WIDE = "(min-width: 1100px), (min-width: 560px) and (max-height: 520px)";
const TABLET = "(min-width: 701px)";

export function followForm(): { form: Signal<Form>; stop(): void } {
  const wide = matchMedia(WIDE);
  const tablet = matchMedia(TABLET);
  const now = (): Form => (wide.matches ? "wide" : tablet.matches ? "tablet" : "phone");
  const form = signal<Form>(now());
  const change = () => {
    form.value = now();
  };
  wide.addEventListener("change", change);
  tablet.addEventListener("change", change);
  return {
    form,
    stop() {
      wide.removeEventListener("change", change);
      tablet.removeEventListener("change", change);
    },
  };
}
