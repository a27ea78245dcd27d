/** A room's address, and copying it or anything else with a word about the outcome. */
import { t } from "../text/text";
import { toast } from "../ui/live";

export function linkOf(code: string): string {
  return `${location.origin}/r/${code}`;
}

export async function copyLink(code: string): Promise<void> {
  const link = linkOf(code);
  // On a page without https the browser has no clipboard for us: show the link instead.
  await copy(link, t("link-copied"), t("link-copy-failed", { link }));
}

export async function copy(text: string, done: string, failed: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    toast(failed);
  }
}
