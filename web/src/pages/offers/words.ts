/** Offers in words. */
import { moneyText } from "../../booking/money";
import { language, t } from "../../text/text";
import type { Offer } from "../../wire/booking";

export function priceText({ pay, price, currency }: Offer): string {
  if (pay === "free" || price === 0) return t("offer-free");
  const amount = moneyText(price, currency, language.value);
  return t(pay === "before" ? "offer-paid-before" : "offer-paid-after", { amount });
}

/** 45 min · €60 after · 8 seats. */
export function factsOf(offer: Offer): string {
  const facts = [t("offer-minutes", { count: offer.minutes }), priceText(offer)];
  if (offer.kind === "group") facts.push(t("offer-seats", { count: offer.seats }));
  if (offer.before_min || offer.after_min)
    facts.push(t("offer-pauses", { before: offer.before_min, after: offer.after_min }));
  if (offer.hours) facts.push(t("offer-hours-own"));
  return facts.join(" · ");
}
