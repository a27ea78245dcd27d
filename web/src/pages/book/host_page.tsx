/** Booking with somebody, in three steps: what, when, who. The address says the step. */
import { useEffect, useRef } from "preact/hooks";
import { among } from "../../text/among";
import { language, t } from "../../text/text";
import { Icon } from "../../ui/icon";
import { readFree, readHost } from "../../wire/book_calls";
import type { HostPage, OfferOpen } from "../../wire/booking";
import { LoadFault } from "../load_fault";
import { Loading } from "../loading";
import { Details } from "./details";
import { About, endOf } from "./facts";
import { BookFrame } from "./frame";
import { Nothing } from "./nothing";
import { TalkNow } from "./now";
import { Offers, Stars } from "./offers";
import { Pick } from "./pick";
import { type BookPlace, go } from "./place";
import { useAnswer } from "./use_answer";
import { Waitlist } from "./waitlist";

type At = Extract<BookPlace, { page: "host" }>;

export function HostBooking({ place }: { place: At }) {
  const { org, host } = place;
  const { value, problem, again } = useAnswer(
    () => readHost(org, host, language.peek()),
    `${org} ${host} ${language.value}`,
  );
  if (problem?.status === 404) return <Nothing />;
  return (
    <BookFrame title={value ? value.host.name : t("book-title")} org={value?.organisation}>
      {problem && <LoadFault problem={problem} onAgain={again} />}
      {!value && !problem && <Loading />}
      {value && <Steps place={place} page={value} />}
    </BookFrame>
  );
}

function Steps({ place, page }: { place: At; page: HostPage }) {
  const base = `/b/${place.org}/${place.host}`;
  const only = page.offers.length === 1 ? page.offers[0] : undefined;
  const offer = page.offers.find((one) => one.id === place.offer) ?? (place.offer ? null : only);
  const at = offer ? place.at : null;
  const step = offer ? (at && place.isDetails ? 3 : 2) : 1;
  const pane = useRef<HTMLElement>(null);
  const before = useRef(step);
  useEffect(() => {
    // The next step begins where the eyes are: at its top, with the focus on it.
    if (before.current !== step) {
      pane.current?.focus({ preventScroll: true });
      pane.current?.scrollIntoView({ block: "nearest" });
    }
    before.current = step;
  }, [step]);
  const lead = { host: page.host, offer: offer ?? null };
  return (
    <>
      {step < 3 && <TalkNow page={page} />}
      <StepList step={step} base={base} offer={offer ?? null} at={at} hasFirst={!only} />
      <div class="card sheet">
        <About
          {...lead}
          heading={offer ? offer.name : t("book-talk-with", { name: among(page.host.name) })}
          about={offer ? offer.about : page.host.about}
          from={step === 3 ? at : null}
          to={step === 3 && at && offer ? endOf(at, offer.minutes) : null}
        />
        <section class="pane" ref={pane} tabIndex={-1} aria-label={t(`book-step-${step}`)}>
          {step === 1 && (
            <>
              <Stars stars={page.host.stars} />
              <Offers offers={page.offers} base={base} missing={offer === null} />
            </>
          )}
          {step === 2 && offer && <Times place={place} page={page} offer={offer} base={base} />}
          {step === 3 && offer && at && (
            <Details page={page} offer={offer} at={at} back={`${base}/${offer.id}?at=${at}`} />
          )}
        </section>
      </div>
    </>
  );
}

interface TimesProps {
  place: At;
  page: HostPage;
  offer: OfferOpen;
  base: string;
}

function Times({ place, page, offer, base }: TimesProps) {
  const { org, host } = place;
  return (
    <Pick
      key={offer.id}
      load={(window) => readFree(org, host, offer.id, window)}
      hostZone={page.host.zone}
      at={place.at}
      next={t("book-next")}
      onAt={(at) => go(`${base}/${offer.id}?at=${at}`, { replace: true })}
      onNext={(at) => go(`${base}/${offer.id}?at=${at}&step=details`)}
      none={(month) => (
        <Waitlist key={`${offer.id} ${month}`} page={page} offer={offer} month={month} />
      )}
    />
  );
}

interface StepListProps {
  step: number;
  base: string;
  offer: OfferOpen | null;
  at: string | null;
  hasFirst: boolean;
}

function StepList({ step, base, offer, at, hasFirst }: StepListProps) {
  const backTo = [hasFirst ? base : null, offer && at ? `${base}/${offer.id}?at=${at}` : null];
  return (
    <ol class="steps">
      {[1, 2, 3].map((one) => {
        const state = one < step ? "is-done" : one === step ? "is-now" : "";
        const to = one < step ? backTo[one - 1] : null;
        const word = <span>{t(`book-step-${one}`)}</span>;
        return (
          <li key={one} class={state} aria-current={one === step ? "step" : undefined}>
            <b>{one < step ? <Icon name="check" /> : one}</b>
            {to ? (
              <a href={to} aria-label={t(`book-step-${one}`)}>
                {word}
              </a>
            ) : (
              word
            )}
          </li>
        );
      })}
    </ol>
  );
}
