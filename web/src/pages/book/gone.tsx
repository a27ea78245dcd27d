/** The time went to somebody else meanwhile: says so, and shows the next free ones. */
import { dayIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import type { OfferCard } from "../../wire/booking";
import type { Problem } from "../../wire/http";
import { wallTime } from "./facts";
import { go } from "./place";
import { zone } from "./zone_line";

const GONE = ["taken", "full", "closed", "early", "far", "cap"].map((word) => `booking.${word}`);

export function isGone(problem: Problem): boolean {
  return GONE.includes(problem.code);
}

interface Props {
  problem: Problem;
  offer: OfferCard;
  back: string;
}

export function Gone({ problem, offer, back }: Props) {
  const next = String(problem.params.next ?? "")
    .split(" ")
    .filter(Boolean);
  const base = back.slice(0, back.lastIndexOf("/"));
  return (
    <div class="banner banner-signal gone" role="alert">
      <Icon name="warn" />
      <div class="grow">
        <p>
          <b>{refusalText(problem.code, problem.params)}</b> {t("book-gone-kept")}
        </p>
        <div class="gone-times">
          {next.map((at) => (
            <Button
              key={at}
              look="line"
              onClick={() => go(`${base}/${offer.id}?at=${at}&step=details`, { replace: true })}
            >
              <span class="num">
                {dayIn(zone.value, Date.parse(at), "short")}, {wallTime(Date.parse(at))}
              </span>
            </Button>
          ))}
          <ButtonLink look="link" href={back}>
            {t("book-all-times")}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}
