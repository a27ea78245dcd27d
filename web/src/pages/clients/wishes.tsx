/** What clients ask the organisation for, and erasings that could not go on: for administrators. */
import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { toast } from "../../ui/live";
import { answerWish, type ClientTask, listWishes } from "../../wire/clients";
import type { Organisation } from "../../wire/organisations";

export function Wishes({ org }: { org: Organisation }) {
  const [list, setList] = useState<readonly ClientTask[]>([]);
  const load = async () => {
    const result = await listWishes(org.id);
    if (result.ok) setList(result.value.filter((one) => ["asked", "failed"].includes(one.state)));
  };
  useEffect(() => {
    if (org.role === "admin") void load();
  }, [org.id]);
  const done = async (one: ClientTask) => {
    const result = await answerWish(org.id, one.id);
    if (!result.ok) toast(refusalText(result.error.code, result.error.params));
    await load();
  };
  if (list.length === 0) return null;
  return (
    <ul class="card rows">
      {list.map((one) => (
        <li key={one.id}>
          <Icon name={one.state === "failed" ? "warn" : "info"} />
          <span class="grow">
            {t(one.state === "failed" ? "wish-failed" : `wish-${one.kind}`)}
            <span class="small quiet num">{dayOf(one.at)}</span>
          </span>
          <ButtonLink look="line" size="small" href={`/clients/${one.client_id}`}>
            {t("org-audit-whom")}
          </ButtonLink>
          {one.state === "asked" && (
            <Button look="quiet" size="small" icon="check" onClick={() => void done(one)}>
              {t("wish-done")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
