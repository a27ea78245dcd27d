/** Light, dark, or as the system says; the choice is kept in this browser. */
import { effect, signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";

const STORED = "classroom.theme";

function storedTheme(): Theme {
  const value = globalThis.localStorage?.getItem(STORED);
  return value === "light" || value === "dark" ? value : "system";
}

export const theme = signal<Theme>(storedTheme());

export function setTheme(choice: Theme): void {
  theme.value = choice;
  globalThis.localStorage?.setItem(STORED, choice);
}

effect(() => {
  if (!globalThis.document) return;
  if (theme.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});
