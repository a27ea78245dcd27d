/** What can be booked with somebody, and what others thought of it. */

import { moneyText } from "../../booking/money";
import { language, t } from "../../text/text";
import { Icon } from "../../ui/icon";
import type { OfferCard, Stars as StarsTold } from "../../wire/booking";

interface Props {
  offers: readonly OfferCard[];
  base: string;
  /** Somebody came by the address of an offer that is not there any more. */
  missing?: boolean;
}

function shortPrice(offer: OfferCard): string {
  if (offer.price === 0 || offer.pay === "free") return t("book-price-free");
  return moneyText(offer.price, offer.currency, language.value);
}

export function Offers({ offers, base, missing }: Props) {
  return (
    <>
      <h2>{t("book-offers-title")}</h2>
      {missing && <p class="banner banner-signal">{t("error-offer-unknown")}</p>}
      {offers.length === 0 && <p class="quiet">{t("book-offers-none")}</p>}
      <ul class="offers">
        {offers.map((offer) => (
          <li key={offer.id}>
            <a class="offer" href={`${base}/${offer.id}`}>
              <b>{offer.name}</b>
              <span class="offer-price num">{shortPrice(offer)}</span>
              <span class="offer-about">
                {offer.about && <span>{offer.about} </span>}
                <span class="num">
                  {offer.kind === "group"
                    ? t("book-group-minutes", { seats: offer.seats, minutes: offer.minutes })
                    : t("book-minutes", { minutes: offer.minutes })}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Stars({ stars }: { stars: StarsTold }) {
  if (stars.mean === null || stars.count === 0) return null;
  const mean = stars.mean.toFixed(1);
  return (
    <p class="stars-told num">
      <Icon name="star" />
      <span>{t("book-stars", { mean, count: stars.count })}</span>
    </p>
  );
}
