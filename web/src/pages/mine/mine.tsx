/** Everything of whoever this browser is known as: what comes, what was, and where they wait. */
import { useEffect, useState } from "preact/hooks";
import { serverNow } from "../../booking/now";
import { placeOfZone } from "../../booking/zones";
import { dayIn, timeIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { toast } from "../../ui/live";
import { Empty } from "../../ui/mark";
import { leaveWaiting, readMine } from "../../wire/book_calls";
import type { Mine, MinePage as MineTold, MyWaiting } from "../../wire/booking";
import { BookFrame } from "../book/frame";
import { useAnswer } from "../book/use_answer";
import { ZoneLine, zone } from "../book/zone_line";
import { LoadFault } from "../load_fault";
import { Loading } from "../loading";
import { ForgetMe, Forgotten } from "./forget";
import { Papers } from "./papers";
import { People } from "./person";
import { Signed } from "./signed";

const OPEN = ["booked", "unpaid", "unconfirmed", "live"];

export function MinePage() {
  const { value, problem, again } = useAnswer(
    () => readMine(language.peek()),
    `mine ${language.value}`,
  );
  return (
    <BookFrame title={t("mine-page-title")}>
      <div class="mine-page">
        <h1>{t("mine-page-title")}</h1>
        <Forgotten />
        {problem && <LoadFault problem={problem} onAgain={again} />}
        {!value && !problem && <Loading />}
        {value && <Everything page={value} onChanged={again} />}
      </div>
    </BookFrame>
  );
}

function Everything({ page, onChanged }: { page: MineTold; onChanged(): void }) {
  const now = serverNow();
  const isComing = (one: Mine) => OPEN.includes(one.state) && Date.parse(one.to) > now;
  const coming = page.bookings.filter(isComing).sort((a, b) => a.from.localeCompare(b.from));
  const past = page.bookings.filter((one) => !isComing(one));
  if (page.bookings.length === 0 && page.waiting.length === 0)
    return (
      <div class="card">
        <Empty title={t("mine-empty-title")} text={t("mine-empty-text")} />
      </div>
    );
  const hostZone = page.bookings[0]?.host.zone ?? zone.value;
  return (
    <>
      <ZoneLine hostZone={hostZone} />
      <Part title={t("mine-coming")} none={t("mine-coming-none")} list={coming} />
      {page.waiting.length > 0 && <WaitingPart list={page.waiting} onChanged={onChanged} />}
      {past.length > 0 && <Part title={t("mine-past")} none="" list={past} />}
      <Papers />
      <Signed bookings={page.bookings} />
      {page.bookings.length > 0 && <People bookings={page.bookings} onChanged={onChanged} />}
      <div class="mine-acts mine-quiet">
        <ForgetMe />
      </div>
    </>
  );
}

function Part({ title, none, list }: { title: string; none: string; list: readonly Mine[] }) {
  return (
    <section class="mine-list">
      <h2>{title}</h2>
      {list.length === 0 && <p class="quiet">{none}</p>}
      {list.length > 0 && (
        <ul class="card rows">
          {list.map((one) => (
            <li key={one.id}>
              <a class="grow mine-row" href={one.link}>
                <b class="num">
                  {dayIn(zone.value, Date.parse(one.from), "whole")},{" "}
                  {timeIn(zone.value, Date.parse(one.from))}
                </b>
                <span class="quiet">
                  {one.offer ? `${one.offer.name}, ` : ""}
                  {one.host.name} · {placeOfZone(zone.value, language.value)}
                </span>
              </a>
              <span class={`pill${one.state === "booked" ? " pill-ok" : ""}`}>
                {t(`mine-word-${one.state}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function WaitingPart({ list, onChanged }: { list: readonly MyWaiting[]; onChanged(): void }) {
  const [leaving, setLeaving] = useState("");
  useEffect(() => setLeaving(""), [list]);
  const leave = async (id: string) => {
    setLeaving(id);
    const answer = await leaveWaiting(id);
    if (answer.ok) return onChanged();
    setLeaving("");
    toast(refusalText(answer.error.code, answer.error.params));
  };
  return (
    <section class="mine-list">
      <h2>{t("mine-waiting")}</h2>
      <ul class="card rows">
        {list.map((one) => (
          <li key={one.id}>
            <span class="grow">
              <b>{one.offer.name}</b>
              <span class="quiet">
                {one.host.name}, {one.from_day} – {one.to_day}
              </span>
            </span>
            <Button
              look="line"
              waiting={leaving === one.id && t("loading")}
              onClick={() => void leave(one.id)}
            >
              {t("mine-waiting-leave")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
