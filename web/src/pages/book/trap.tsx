/** How the server tells a person from a program: a field nobody sees, and how long a form was open. */
import { useRef } from "preact/hooks";

/** `field` stands in the form; `told` is sent with it. */
export function useTrap() {
  const opened = useRef(performance.now());
  const website = useRef<HTMLInputElement>(null);
  const field = (
    <input
      ref={website}
      class="website"
      name="website"
      tabIndex={-1}
      autocomplete="off"
      aria-hidden="true"
    />
  );
  const told = () => ({
    website: website.current?.value ?? "",
    waited_ms: Math.round(performance.now() - opened.current),
  });
  return { field, told };
}
