/** What a visitor should know of a booking at every step: with whom, what, how long, what it costs, when. */

import { moneyText } from "../../booking/money";
import { twinOf } from "../../booking/month";
import { serverNow } from "../../booking/now";
import { placeOfZone, sameWall } from "../../booking/zones";
import { among } from "../../text/among";
import { dayIn, timeIn } from "../../text/dates";
import { language, t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Icon } from "../../ui/icon";
import type { HostCard, OfferCard } from "../../wire/booking";
import { zone } from "./zone_line";

export type ShownHost = Pick<HostCard, "slug" | "name" | "title" | "zone">;

/** "€60, paid after the call"; null for what is free. */
export function priceText(offer: Pick<OfferCard, "price" | "currency" | "pay">): string {
  if (offer.price === 0 || offer.pay === "free") return t("book-price-free");
  const price = moneyText(offer.price, offer.currency, language.value);
  return t(offer.pay === "before" ? "book-price-before" : "book-price-after", { price });
}

/** "15:30", or "02:30 (winter time)" where the wall shows it twice. */
export function wallTime(at: number): string {
  const twin = twinOf(zone.value, at);
  const time = timeIn(zone.value, at);
  return twin ? t(twin === "first" ? "book-time-first" : "book-time-second", { time }) : time;
}

/** "15:30 to 16:15, Shanghai" */
export function WhenFact({ from, to }: { from: string; to: string }) {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  return (
    <li class="fact-when">
      <Icon name="calendar" />
      <span class="num">
        <b>{dayIn(zone.value, begin)}</b>
        <br />
        {t("book-from-to", {
          from: wallTime(begin),
          to: wallTime(end),
          place: placeOfZone(zone.value, language.value),
        })}
      </span>
    </li>
  );
}

/** "Helen sees it at 08:30 in Berlin"; nothing where the wall shows the same. */
export function otherWall(host: ShownHost, from: string): string {
  const at = Date.parse(from);
  if (sameWall(zone.value, host.zone, at)) return "";
  const day = dayIn(host.zone, at) === dayIn(zone.value, at) ? "" : `${dayIn(host.zone, at)}, `;
  return t("book-other-wall", {
    name: among(host.name),
    time: `${day}${timeIn(host.zone, at)}`,
    place: among(placeOfZone(host.zone, language.value)),
  });
}

interface AboutProps {
  host: ShownHost;
  offer: OfferCard | null;
  heading: string;
  about?: string;
  from?: string | null;
  to?: string | null;
}

export function About({ host, offer, heading, about, from, to }: AboutProps) {
  return (
    <aside class="about">
      <Avatar name={host.name} id={host.slug} size={72} />
      <p class="about-who">{host.title ? `${host.name}, ${host.title}` : host.name}</p>
      <h1>{heading}</h1>
      {about && <p class="about-text">{about}</p>}
      <ul class="facts">
        {offer && (
          <li>
            <Icon name="clock" />
            <span>{t("book-minutes", { minutes: offer.minutes })}</span>
          </li>
        )}
        <li>
          <Icon name="cam" />
          <span>{t("book-place")}</span>
        </li>
        {offer && (
          <li>
            <Icon name="card" />
            <span>{priceText(offer)}</span>
          </li>
        )}
        {from && to && <WhenFact from={from} to={to} />}
        {from && otherWall(host, from) && (
          <li>
            <Icon name="globe" />
            <span>{otherWall(host, from)}</span>
          </li>
        )}
      </ul>
    </aside>
  );
}

/** The end of something that begins at an instant. */
export function endOf(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}

/** How far away something is; for people who come early. */
export function minutesUntil(at: string, now = serverNow()): number {
  return Math.ceil((Date.parse(at) - now) / 60_000);
}
