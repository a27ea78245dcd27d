/** Which public page the address names. */
import { computed, signal } from "@preact/signals";

export type BookPlace =
  | { page: "org"; org: string }
  | {
      page: "host";
      org: string;
      host: string;
      offer: string;
      /** The chosen instant. */
      at: string | null;
      isDetails: boolean;
    }
  | { page: "link"; token: string }
  | { page: "mine" }
  | { page: "not_found" };

const NAME = "[a-z0-9][a-z0-9-]{0,39}";
const BOOK = new RegExp(`^/b/(${NAME})(?:/(${NAME}))?(?:/([\\w-]{1,64}))?$`);
const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const LINK = /^\/k\/([\w.-]{8,400})$/;

export function bookPlaceOf(path: string, search = ""): BookPlace {
  const clean = path.length > 1 ? path.replace(/\/+$/, "") : path;
  if (clean === "/mine") return { page: "mine" };
  const token = LINK.exec(clean)?.[1];
  if (token) return { page: "link", token };
  const [, org, host, offer] = BOOK.exec(clean) ?? [];
  if (org && host) {
    const asked = new URLSearchParams(search);
    const at = asked.get("at");
    const chosen = at && AT.test(at) && Number.isFinite(Date.parse(at)) ? at : null;
    const isDetails = chosen !== null && asked.get("step") === "details";
    return { page: "host", org, host, offer: offer ?? "", at: chosen, isDetails };
  }
  return org ? { page: "org", org } : { page: "not_found" };
}

const here = () => ({
  path: globalThis.location?.pathname ?? "/",
  search: globalThis.location?.search ?? "",
});
const address = signal(here());

export const bookPlace = computed(() => bookPlaceOf(address.value.path, address.value.search));

export function go(to: string, how: { replace?: boolean } = {}): void {
  if (how.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  address.value = here();
}

/** Presses on links between public pages change the page without a reload; the rest is the browser's. */
export function followBookLinks(): () => void {
  const press = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (event.defaultPrevented || event.button !== 0 || !(link instanceof HTMLAnchorElement))
      return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.target !== "" || link.hasAttribute("download"))
      return;
    if (bookPlaceOf(link.pathname).page === "not_found") return;
    event.preventDefault();
    go(link.pathname + link.search);
    scrollTo(0, 0);
  };
  const back = () => {
    address.value = here();
  };
  addEventListener("click", press);
  addEventListener("popstate", back);
  return () => {
    removeEventListener("click", press);
    removeEventListener("popstate", back);
  };
}
