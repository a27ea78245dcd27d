/** The talks of a client as a line of time, the newest first: what came of each, and what it left. */
import { zoneHere } from "../../booking/zone";
import { placeOfZone } from "../../booking/zones";
import { dayIn, timeIn } from "../../text/dates";
import { language, t } from "../../text/text";
import { Icon } from "../../ui/icon";
import type { ClientAnswer, ClientTalk } from "../../wire/clients";

export function answerText(one: ClientAnswer): string {
  if (typeof one.answer === "boolean") return t(one.answer ? "answer-yes" : "answer-no");
  return Array.isArray(one.answer) ? one.answer.join(", ") : String(one.answer);
}

/** In the reader's zone; the other's stands behind it where it shows another time. */
export function whenText(at: string, other: string): string {
  const ms = Date.parse(at);
  const own = zoneHere();
  const here = `${dayIn(own, ms, "short")}, ${timeIn(own, ms)}`;
  const there = `${dayIn(other, ms, "short")}, ${timeIn(other, ms)}`;
  return here === there
    ? here
    : t("client-when-there", { here, there, zone: placeOfZone(other, language.value) });
}

export function minutesOf(talk: ClientTalk): number {
  return Math.round((Date.parse(talk.until) - Date.parse(talk.at)) / 60_000);
}

export function Talks({ talks, zone }: { talks: readonly ClientTalk[]; zone: string }) {
  if (talks.length === 0) return <p class="quiet">{t("client-no-talks")}</p>;
  return (
    <ol class="time-line">
      {talks.map((talk) => (
        <li key={talk.booking_id} data-state={talk.state}>
          <span class="small quiet num">
            {whenText(talk.at, zone)} · {t("org-minutes", { count: minutesOf(talk) })}
          </span>
          <b>{talk.offer}</b>
          <span class="row row-wrap">
            <span class={`pill ${talk.state === "held" ? "pill-ok" : ""}`}>
              {t(`booking-state-${talk.state}`)}
            </span>
            <span class="small quiet">{talk.host}</span>
            {talk.stars !== null && (
              <span class="small num client-stars">
                <Icon name="star" />
                {t("client-stars", { stars: talk.stars })}
              </span>
            )}
          </span>
          {talk.comment && <q class="small">{talk.comment}</q>}
          {talk.summary && <p class="note-body">{talk.summary}</p>}
          {talk.intake.length > 0 && (
            <details>
              <summary>{t("client-answers")}</summary>
              <dl class="client-answers">
                {talk.intake.map((one) => (
                  <div key={one.id}>
                    <dt>{one.label}</dt>
                    <dd>{answerText(one)}</dd>
                  </div>
                ))}
              </dl>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}
