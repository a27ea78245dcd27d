/** The name of the page in the browser's tab. */
import { useEffect } from "preact/hooks";
import { t } from "../text/text";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · ${t("app-name")}` : t("app-name");
  }, [title]);
}
