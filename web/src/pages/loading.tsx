import { t } from "../text/text";

/** While something loads: the frame stands already, so that nothing jumps. */
export function Loading() {
  return (
    <div class="loading" role="status">
      <span class="spin" />
      <span>{t("loading")}</span>
    </div>
  );
}
