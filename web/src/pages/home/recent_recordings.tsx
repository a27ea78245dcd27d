/** The newest recordings on the first page, and a word about those that are deleted soon. */
import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../../text/dates";
import { t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import type { Recording } from "../../wire/recordings";
import { addressOf, Picture } from "../recordings/card";
import { RecordingsDesk } from "../recordings/store";
import { daysLeft, isPlayable, stateText, whenText } from "../recordings/words";

const SHOWN = 3;
/** As long before its end as a room reminds by itself. */
const SOON_DAYS = 7;

/** Nothing while there are none. */
export function RecentRecordings() {
  const [desk] = useState(() => new RecordingsDesk());
  useEffect(() => void desk.load({ room: "", words: "" }), [desk]);
  useEffect(() => desk.follow(), [desk]);
  const list = desk.list.value ?? [];
  if (list.length === 0) return null;
  return (
    <section class="recent-decks recent-recordings">
      <h2>
        <span class="grow">{t("library-recent")}</span>
        <a href="/recordings">{t("library-all")}</a>
      </h2>
      <EndingSoon list={list} />
      <ul class="rows">
        {list.slice(0, SHOWN).map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ one }: { one: Recording }) {
  return (
    <li>
      <span class="recording-cover" aria-hidden="true">
        <Picture one={one} />
      </span>
      <div class="grow">
        <b class="ell" title={one.title}>
          {one.title}
        </b>
        <span class="small quiet num">{stateText(one) ?? whenText(one)}</span>
      </div>
      {isPlayable(one) && (
        <ButtonLink look="quiet" size="small" href={addressOf(one)}>
          {t("library-open")}
        </ButtonLink>
      )}
    </li>
  );
}

function EndingSoon({ list }: { list: readonly Recording[] }) {
  const now = Date.now();
  const ending = list.filter((one) => {
    const days = daysLeft(one, now);
    return one.may === "edit" && days !== null && days < SOON_DAYS;
  });
  const [first] = ending;
  if (!first?.delete_after) return null;
  const note = { title: first.title, date: dayOf(first.delete_after) };
  return (
    <div class="banner banner-signal">
      <Icon name="clock" />
      <div>
        <b>
          {t("library-soon-title", { count: ending.length })}
          {t("room-full-stop")}
        </b>{" "}
        {t("library-soon-note", note)}
      </div>
      <ButtonLink look="line" size="small" href="/recordings">
        {t("library-soon-open")}
      </ButtonLink>
    </div>
  );
}
