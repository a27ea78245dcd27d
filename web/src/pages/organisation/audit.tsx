/** Who of the team opened what: the newest first, and all of it as a table. */
import { useEffect } from "preact/hooks";
import { dayOf, timeOf } from "../../text/dates";
import { hasText, t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { Empty } from "../../ui/mark";
import { auditTable, type Opening, readAudit } from "../../wire/organisations";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { More, useParts } from "../parts";
import type { TabProps } from "./tab";

/** What was opened, in words; a word we do not know is shown as it is. */
function whatOf(what: string): string {
  const key = `org-opened-${what.replaceAll(".", "-").replaceAll("_", "-")}`;
  return hasText(key) ? t(key) : what;
}

export function Audit({ org }: TabProps) {
  const { list, hasMore, busy, fault, load, more } = useParts(
    (last?: Opening) => readAudit(org.id, last?.id ?? 0),
    (answer) => answer.lines,
  );
  useEffect(() => void load(), [org.id]);
  return (
    <section class="stack" aria-label={t("org-tab-audit")}>
      <div class="row row-wrap">
        <p class="quiet grow">{t("org-audit-note")}</p>
        <a class="btn btn-line" href={auditTable(org.id)} download="audit.csv">
          <span>{t("org-audit-table")}</span>
        </a>
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void more()} />}
      {list === null && !fault && <Loading />}
      {list?.length === 0 && (
        <div class="card">
          <Empty title={t("org-audit-empty")} text={t("org-audit-note")} />
        </div>
      )}
      {list && list.length > 0 && (
        <ul class="card rows">
          {list.map((one) => (
            <li key={one.id}>
              <span class="grow">
                <b>{one.name}</b>
                <span class="small quiet">{whatOf(one.what)}</span>
              </span>
              {one.client_id && (
                <ButtonLink look="quiet" size="small" href={`/clients/${one.client_id}`}>
                  {t("org-audit-whom")}
                </ButtonLink>
              )}
              <time class="small quiet num" dateTime={one.at}>
                {dayOf(one.at)}, {timeOf(one.at)}
              </time>
            </li>
          ))}
        </ul>
      )}
      {hasMore && <More busy={busy} onMore={more} />}
    </section>
  );
}
