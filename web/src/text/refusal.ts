/** The sentence for a refusal's stable code; an unknown code gets the general one. */
import { hasText, t } from "./text";

export function refusalText(code: string, params?: Record<string, string | number>): string {
  // What finds the fault in the server's log.
  const id = params?.id;
  if (code === "server.error" && id) return t("error-server-error-with-id", { id });
  const key = `error-${code.replaceAll(".", "-")}`;
  return hasText(key) ? t(key, params) : t("error-unknown", { code });
}
