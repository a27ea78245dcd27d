/** An offer while it is written, and what is sent of it. */
import { plainAmount, readMoney } from "../../booking/money";
import type { IntakeField, Offer, PayWhen } from "../../wire/booking";
import type { Hours } from "../../wire/hours";
import type { OfferGiven } from "../../wire/offers";

export interface Draft {
  name: string;
  about: string;
  kind: "talk" | "group";
  minutes: number;
  before: number;
  after: number;
  seats: number;
  pay: PayWhen;
  price: string;
  currency: string;
  /** Hours before it until which a client may change it; null: as the organisation says. */
  cancelHours: number | null;
  /** Its own instead of the host's weekly ones; null: the host's. */
  hours: Hours[] | null;
  intake: IntakeField[];
  formIds: string[];
  isOn: boolean;
}

export const newDraft = (currency: string): Draft => ({
  name: "",
  about: "",
  kind: "talk",
  minutes: 50,
  before: 0,
  after: 10,
  seats: 8,
  pay: "free",
  price: "",
  currency,
  cancelHours: null,
  hours: null,
  intake: [],
  formIds: [],
  isOn: true,
});

export function draftOf(offer: Offer): Draft {
  const { name, about, kind, minutes, pay, currency, hours, intake } = offer;
  return {
    ...{ name, about, kind, minutes, pay, currency, hours, intake },
    before: offer.before_min,
    after: offer.after_min,
    seats: offer.kind === "group" ? offer.seats : 8,
    price: offer.price ? plainAmount(offer.price, currency) : "",
    cancelHours: offer.cancel?.hours ?? null,
    formIds: offer.form_ids,
    isOn: offer.is_on,
  };
}

/** What is wrong with it, by field. */
export type Fault = "name" | "price" | "hours" | null;

export function faultOf(draft: Draft): Fault {
  if (!draft.name.trim()) return "name";
  if (draft.pay !== "free" && !readMoney(draft.price, draft.currency)) return "price";
  return draft.hours?.length === 0 ? "hours" : null;
}

/** `known` is the offer as it was: what this page does not show of its rule stays. */
export function givenOf(draft: Draft, known: Offer | null): OfferGiven {
  const { hours: _, ...rest } = known?.cancel ?? {};
  const own = draft.cancelHours === null ? rest : { ...rest, hours: draft.cancelHours };
  return {
    name: draft.name.trim(),
    about: draft.about.trim(),
    kind: draft.kind,
    minutes: draft.minutes,
    before_min: draft.before,
    after_min: draft.after,
    seats: draft.kind === "group" ? draft.seats : 1,
    pay: draft.pay,
    price: draft.pay === "free" ? 0 : (readMoney(draft.price, draft.currency) ?? 0),
    currency: draft.currency,
    cancel: Object.keys(own).length > 0 ? own : null,
    hours: draft.hours,
    intake: draft.intake,
    form_ids: draft.formIds,
    is_on: draft.isOn,
  };
}
