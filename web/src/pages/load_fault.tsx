/** What stands where a list should be when it could not be loaded: why, and the way out. */
import { refusalText } from "../text/refusal";
import { t } from "../text/text";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { Problem } from "../wire/http";

export function LoadFault({ problem, onAgain }: { problem: Problem; onAgain(): void }) {
  return (
    <div class="banner banner-signal" role="alert">
      <Icon name="warn" />
      <div>
        <b>{t("load-failed")}</b> {refusalText(problem.code, problem.params)}
      </div>
      <Button look="line" size="small" onClick={onAgain}>
        {t("again")}
      </Button>
    </div>
  );
}
