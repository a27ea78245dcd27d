/** A room's address, and copying it with a word about the outcome. */
import { t } from "../text/text";
import { toast } from "../ui/live";

export function linkOf(code: string): string {
  return `${location.origin}/r/${code}`;
}

export async function copyLink(code: string): Promise<void> {
  const link = linkOf(code);
  try {
    await navigator.clipboard.writeText(link);
    toast(t("link-copied"));
  } catch {
    // On a page without https the browser has no clipboard for us: show the link instead.
    toast(t("link-copy-failed", { link }));
  }
}
