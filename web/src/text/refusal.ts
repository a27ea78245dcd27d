/** The sentence for a refusal's stable code; an unknown code gets the general one. */
import { hasText, t } from "./text";

export function refusalText(code: string, params?: Record<string, string | number>): string {
  const key = `error-${code.replaceAll(".", "-")}`;
  return hasText(key) ? t(key, params) : t("error-unknown", { code });
}
