/**
 * Every visible sentence: Fluent files of one folder per language, chosen by a signal, so that a
 * component that calls `t` is drawn again when the language changes.
 */
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { effect, signal } from "@preact/signals";

export type Language = "en" | "zh-CN";

export const LANGUAGES: readonly { id: Language; name: string }[] = [
  { id: "en", name: "English" },
  { id: "zh-CN", name: "简体中文" },
];

const STORED = "classroom.language";

const files: Record<string, string> = import.meta.glob("./*/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

function bundleOf(id: Language): FluentBundle {
  // Isolation marks would only help mixed writing directions and hurt copying and searching.
  const bundle = new FluentBundle(id, { useIsolating: false });
  for (const [path, source] of Object.entries(files)) {
    if (path.startsWith(`./${id}/`)) bundle.addResource(new FluentResource(source));
  }
  return bundle;
}

const bundles: Record<Language, FluentBundle> = {
  en: bundleOf("en"),
  "zh-CN": bundleOf("zh-CN"),
};

function firstLanguage(): Language {
  const stored = globalThis.localStorage?.getItem(STORED);
  if (stored === "en" || stored === "zh-CN") return stored;
  const wanted = globalThis.navigator?.languages ?? [];
  for (const tag of wanted) {
    if (tag.toLowerCase().startsWith("zh")) return "zh-CN";
    if (tag.toLowerCase().startsWith("en")) return "en";
  }
  return "en";
}

export const language = signal<Language>(firstLanguage());

export function setLanguage(id: Language): void {
  language.value = id;
  globalThis.localStorage?.setItem(STORED, id);
}

effect(() => {
  if (globalThis.document) document.documentElement.lang = language.value;
});

export function hasText(key: string): boolean {
  return bundles[language.value].hasMessage(key);
}

/** The sentence for `key` in the chosen language; the key itself when there is none. */
export function t(key: string, args?: Record<string, string | number>): string {
  const bundle = bundles[language.value];
  const message = bundle.getMessage(key);
  if (!message?.value) return key;
  return bundle.formatPattern(message.value, args ?? null, []);
}
