/** What webhooks hear, and what became of a message, in words. */
import { hasText, t } from "../../text/text";
import { type Delivery, KINDS } from "../../wire/programs";

/** `lesson.started` in words; a kind this page does not know yet as it is called. */
export function kindText(kind: string): string {
  const key = `hook-kind-${kind.replace(/[._]/g, "-")}`;
  return hasText(key) ? t(key) : kind;
}

export function kindsText(kinds: readonly string[]): string {
  if (KINDS.every((kind) => kinds.includes(kind))) return t("hook-kinds-all");
  return kinds.map(kindText).join(", ");
}

/** Names of faults as the server keeps them, to the reason in words. */
const REASONS: readonly [RegExp, string][] = [
  [/^the address is not one/, "hook-why-inside"],
  [/^the address cannot/, "hook-why-address"],
  [/^the webhook is off/, "hook-why-off"],
  [/^a fault of ours/, "hook-why-ours"],
  [/gaierror|herror/, "hook-why-name"],
  [/Timeout/i, "hook-why-late"],
  [/SSL|Certificate/i, "hook-why-certificate"],
  [/Refused/, "hook-why-refused"],
];

/** Why the last try did not succeed; "" when it did, or there was none yet. */
export function reasonText({ status, failure }: Delivery): string {
  if (failure === "") return "";
  if (status !== null) return t("hook-why-status", { status });
  const key = REASONS.find(([pattern]) => pattern.test(failure))?.[1];
  return t(key ?? "hook-why-other");
}
