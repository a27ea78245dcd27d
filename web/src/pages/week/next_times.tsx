/** Why a time cannot be, and the ways out: the next free ones, or to do it anyway. */
import { dayIn, timeIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { FormFault } from "../../ui/field";
import type { Problem } from "../../wire/http";
import { nextOf } from "./words";

/** What whoever keeps the calendar may do all the same. */
const ANYWAY = ["booking.closed", "booking.early", "booking.far", "booking.cap", "booking.taken"];

export const canAnyway = (problem: Problem | null) =>
  problem !== null && ANYWAY.includes(problem.code);

interface Props {
  problem: Problem | null;
  zone: string;
  onPick(at: number): void;
}

export function NextTimes({ problem, zone, onPick }: Props) {
  const next = problem ? nextOf(problem.params) : [];
  return (
    <>
      <FormFault>{problem && refusalText(problem.code, problem.params)}</FormFault>
      {next.length > 0 && (
        <div class="stack">
          <p class="label">{t("week-next-free")}</p>
          <div class="chips">
            {next.map((at) => (
              <Button key={at} look="line" size="small" onClick={() => onPick(at)}>
                {t("week-chip", { day: dayIn(zone, at, "short"), time: timeIn(zone, at) })}
              </Button>
            ))}
          </div>
        </div>
      )}
    </>
  );
}
