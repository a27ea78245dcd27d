/** Moving an appointment: where to, what was refused, and what is free instead. */
import { useState } from "preact/hooks";
import { dayIn, timeIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { move, type Whose } from "../../wire/book_calls";
import type { Mine, Ticket } from "../../wire/booking";
import type { Problem } from "../../wire/http";
import { zone } from "./zone_line";

export function useMove(seen: Ticket | Mine, whose: Whose, onMoved: (mine: Mine) => void) {
  const [at, setAt] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (to: string) => {
    setSending(true);
    setProblem(null);
    const answer = await move(whose, to, seen.revision);
    setSending(false);
    if (answer.ok) onMoved(answer.value);
    else setProblem(answer.error);
  };
  const choose = (to: string) => {
    setProblem(null);
    setAt(to);
  };
  return { at, setAt: choose, sending, problem, send };
}

interface ErrorProps {
  problem: Problem | null;
  onAt(at: string): void;
}

export function MoveError({ problem, onAt }: ErrorProps) {
  const next = String(problem?.params.next ?? "")
    .split(" ")
    .filter(Boolean);
  return (
    <div role="alert">
      {problem && (
        <div class="banner banner-signal gone">
          <Icon name="warn" />
          <div class="grow">
            <b>
              {problem.code.startsWith("network.")
                ? t("book-not-sent")
                : refusalText(problem.code, problem.params)}
            </b>
            <div class="gone-times">
              {next.map((at) => (
                <Button key={at} look="line" onClick={() => onAt(at)}>
                  <span class="num">
                    {dayIn(zone.value, Date.parse(at), "short")},{" "}
                    {timeIn(zone.value, Date.parse(at))}
                  </span>
                </Button>
              ))}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}
