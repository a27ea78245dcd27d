/** Booking for somebody in two steps: who, and when; once or as a series. */
import { useEffect, useState } from "preact/hooks";
import { dayIn, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { DialogActs } from "../../ui/dialog_acts";
import { Select, Switch } from "../../ui/field";
import { toast } from "../../ui/live";
import type { Offer, SeriesAnswer } from "../../wire/booking";
import type { Problem } from "../../wire/http";
import { addSeries, bookFor, type Every } from "../../wire/week";
import { UsePackage } from "../money/use_package";
import { canAnyway, NextTimes } from "./next_times";
import { Dates, ONCE, RepeatFields } from "./repeat_fields";
import type { WeekStore } from "./store";
import { WhenFields } from "./when_fields";
import { type Chosen, WhoStep } from "./who_step";
import { momentIn } from "./words";

interface Props {
  org: string;
  store: WeekStore;
  zone: string;
  at: number;
  onClose(): void;
}

export function BookDialog(props: Props) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  return (
    <Dialog
      open
      title={chosen ? t("week-book-for", { name: chosen.name }) : t("week-book-title")}
      onClose={props.onClose}
      class="week-book"
    >
      <p class="small quiet">{t("week-step", { step: chosen ? 2 : 1 })}</p>
      {chosen ? (
        <WhenStep {...props} chosen={chosen} onBack={() => setChosen(null)} />
      ) : (
        <WhoStep org={props.org} onChosen={setChosen} />
      )}
    </Dialog>
  );
}

function WhenStep(props: Props & { chosen: Chosen; onBack(): void }) {
  const { store, zone, chosen, onClose } = props;
  const offers = (store.offers.value ?? []).filter((one) => one.is_on);
  const [offer, setOffer] = useState<Offer | undefined>(
    offers.find((one) => one.id === store.offer.value) ?? offers[0],
  );
  const [at, setAt] = useState(props.at);
  const [repeat, setRepeat] = useState(ONCE);
  const [tell, setTell] = useState(chosen.email !== "");
  const [credit, setCredit] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [wasAnyway, setWasAnyway] = useState(false);
  const canForce = !wasAnyway && canAnyway(problem);
  const { every, count } = repeat;
  const dry = useDates(offer ? { ...props, offer, at, every, count } : null, setProblem);
  if (!offer) return <p>{t("week-no-offers")}</p>;
  const choose = (next: number) => {
    setAt(next);
    setWasAnyway(false);
    setProblem(null);
  };
  const done = async (text: string) => {
    toast(text);
    onClose();
    await store.load();
  };
  const send = async () => {
    setBusy(true);
    const paid = credit ? { credit_id: credit } : {};
    const talk = { host_id: store.hostId, offer_id: offer.id, tell, ...chosen.who, ...paid };
    const when = new Date(at).toISOString();
    if (every) {
      const made = await addSeries({ ...talk, first: when, every, count, skip: true });
      setBusy(false);
      if (!made.ok) return setProblem(made.error);
      return done(t("week-series-made", { name: chosen.name, count: made.value.made.length }));
    }
    const made = await bookFor({ ...talk, at: when, anyway: canForce });
    setBusy(false);
    setWasAnyway(canForce);
    if (!made.ok) return setProblem(made.error);
    return done(t("week-booked", { name: chosen.name, when: momentIn(zone, at) }));
  };
  const action = every
    ? t("week-book-series", { count: dry?.made.length ?? 0 })
    : canForce
      ? t("week-book-anyway")
      : t("week-book");
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <Select
        label={t("week-what")}
        options={offers.map((one) => ({
          value: one.id,
          label: t("week-offer-length", { name: one.name, count: one.minutes }),
        }))}
        value={offer.id}
        onPick={(id) => setOffer(offers.find((one) => one.id === id))}
      />
      <WhenFields zone={zone} value={at} onValue={choose} />
      <FreeOf store={store} zone={zone} offer={offer} at={at} onPick={choose} />
      <RepeatFields value={repeat} onValue={setRepeat} onceLabel={t("week-every-once")} />
      {every && dry && <Dates zone={zone} answer={dry} />}
      {every && dry && dry.refused.length > 0 && (
        <p class="small">{t("week-series-skip", { count: dry.refused.length })}</p>
      )}
      {"client_id" in chosen.who && offer.price > 0 && (
        <UsePackage
          org={props.org}
          client={chosen.who.client_id}
          offer={offer.id}
          value={credit}
          onValue={setCredit}
        />
      )}
      {chosen.email && (
        <Switch label={t("week-tell", { name: chosen.name })} checked={tell} onChange={setTell} />
      )}
      <NextTimes problem={problem} zone={zone} onPick={choose} />
      <div class="dlg-foot">
        <Button look="quiet" onClick={props.onBack}>
          {t("week-back")}
        </Button>
        <DialogActs
          action={action}
          waiting={busy && t("week-booking")}
          disabled={every !== "" && !dry?.made.length}
          onClose={onClose}
        />
      </div>
    </form>
  );
}

/** Free times of that day, when the week that is shown has them for this offer. */
function FreeOf(props: {
  store: WeekStore;
  zone: string;
  offer: Offer;
  at: number;
  onPick(at: number): void;
}) {
  const { store, zone, at } = props;
  const free = store.offer.value === props.offer.id ? (store.shown.value?.free ?? []) : [];
  const day = dayIn(zone, at);
  const here = free.filter((one) => dayIn(zone, one.at) === day).slice(0, 12);
  if (here.length === 0) return null;
  return (
    <fieldset class="chips">
      <legend class="vh">{t("week-free-of-day")}</legend>
      {here.map((one) => (
        <Button
          key={one.at}
          look={one.at === at ? "primary" : "line"}
          size="small"
          aria-pressed={one.at === at}
          onClick={() => props.onPick(one.at)}
        >
          {timeIn(zone, one.at)}
        </Button>
      ))}
    </fieldset>
  );
}

interface DryAsked extends Props {
  chosen: Chosen;
  offer: Offer;
  at: number;
  every: Every | "";
  count: number;
}

/** What would be made, asked again whenever the rule changes; nothing is made by it. */
function useDates(
  asked: DryAsked | null,
  onFault: (problem: Problem | null) => void,
): SeriesAnswer | null {
  const [answer, setAnswer] = useState<SeriesAnswer | null>(null);
  const { at, every, count, offer } = asked ?? {};
  useEffect(() => {
    if (!asked?.every) return;
    let isOld = false;
    void addSeries({
      host_id: asked.store.hostId,
      offer_id: asked.offer.id,
      first: new Date(asked.at).toISOString(),
      every: asked.every,
      count: asked.count,
      dry: true,
      ...asked.chosen.who,
    }).then((result) => {
      if (isOld) return;
      setAnswer(result.ok ? result.value : null);
      onFault(result.ok ? null : result.error);
    });
    return () => {
      isOld = true;
    };
  }, [at, every, count, offer?.id]);
  return every ? answer : null;
}
