/** The texts of the public pages: one language comes first, the other when somebody asks for it. */
import { addTexts, type Language, language, textsComeBy } from "../text/text";

const FETCH: Record<Language, () => Promise<{ tables: Record<string, string> }>> = {
  en: () => import("./texts_en"),
  "zh-CN": () => import("./texts_zh"),
};

async function fetchTexts(id: Language): Promise<void> {
  addTexts((await FETCH[id]()).tables);
}

/** Resolves when the page can speak; rejects without a network. */
export function firstTexts(): Promise<void> {
  textsComeBy(fetchTexts);
  return fetchTexts(language.peek());
}
