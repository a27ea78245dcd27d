/** Who goes while files are on their way is asked first: they would not arrive. */
import { computed, effect } from "@preact/signals";
import type { UploadState } from "../../../room/upload";
import type { Desk } from "../desk";

const ON_WAY: ReadonlySet<UploadState> = new Set<UploadState>(["waiting", "sending", "lost"]);

export function hasUnsent(desk: Desk): boolean {
  const { files, decks } = desk.session;
  const slides = decks.sending.list.value.map((one) => one.upload);
  return [...files.uploads.list.value, ...slides].some((one) => ON_WAY.has(one.state));
}

export function guardUnsent(desk: Desk): () => void {
  const isOnWay = computed(() => hasUnsent(desk));
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  const end = effect(() => {
    if (!isOnWay.value) return;
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  });
  return end;
}
