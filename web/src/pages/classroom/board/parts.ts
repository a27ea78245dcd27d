/** The board's screens, fetched together with the board itself when it is first shown. */
import { signal } from "@preact/signals";

type Screens = typeof import("./screens");

export const screens = signal<Screens | null>(null);

export async function fetchScreens(): Promise<boolean> {
  if (screens.value) return true;
  try {
    screens.value = await import("./screens");
    return true;
  } catch {
    return false;
  }
}
