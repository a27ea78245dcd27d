/** The address is asked to be proved before the booking counts; until then the time is held. */
import { timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { confirm } from "../../wire/book_calls";
import type { Booked } from "../../wire/booking";
import { DigitsForm } from "./digits";
import { zone } from "./zone_line";

interface Props {
  booked: Booked;
  email: string;
  onDone(booked: Booked): void;
}

export function Confirm({ booked, email, onDone }: Props) {
  const until = booked.until ? timeIn(zone.value, Date.parse(booked.until)) : "";
  return (
    <>
      <h2>{t("book-confirm-title")}</h2>
      <p class="lead">{t("book-confirm-text", { email })}</p>
      {until && <p class="quiet num">{t("book-confirm-until", { time: until })}</p>}
      <DigitsForm
        send={(digits) => confirm({ id: booked.id, token: "" }, digits)}
        onDone={onDone}
      />
    </>
  );
}
