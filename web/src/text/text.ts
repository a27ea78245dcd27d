/**
 * Every visible sentence: Fluent tables of one folder per language, chosen by a signal, so that a
 * component that calls `t` is drawn again when the language changes. The entry adds the tables.
 */
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { effect, signal } from "@preact/signals";

export type Language = "en" | "zh-CN";

export const LANGUAGES: readonly { id: Language; name: string }[] = [
  { id: "en", name: "English" },
  { id: "zh-CN", name: "简体中文" },
];

const STORED = "classroom.language";

// Isolation marks would only help mixed writing directions and hurt copying and searching.
const bundles: Record<Language, FluentBundle> = {
  en: new FluentBundle("en", { useIsolating: false }),
  "zh-CN": new FluentBundle("zh-CN", { useIsolating: false }),
};

/** Adds tables, by their path: `.../en/pages.ftl`. A key that is there already keeps its sentence. */
export function addTexts(files: Record<string, string>): void {
  for (const [path, source] of Object.entries(files)) {
    const known = LANGUAGES.find(({ id }) => path.includes(`/${id}/`));
    if (known) bundles[known.id].addResource(new FluentResource(source));
  }
}

type Fetch = (id: Language) => Promise<void>;
let fetchTexts: Fetch | null = null;

/** For a page that begins with one language alone: how the tables of another come. */
export function textsComeBy(fetch: Fetch): void {
  fetchTexts = fetch;
}

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

/** At once where the tables are there; else as soon as they are, or not at all without a network. */
export function setLanguage(id: Language): void {
  const choose = () => {
    language.value = id;
    globalThis.localStorage?.setItem(STORED, id);
  };
  if (fetchTexts) void fetchTexts(id).then(choose, () => {});
  else choose();
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
