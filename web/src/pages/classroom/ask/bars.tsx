/** What was answered: a bar an option, or the typed answers, readable as a list. */
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import type { Poll, TextCount } from "../../../wire/messages";
import { Worded } from "../chat/worded";
import { optionsOf, percents, spoken } from "./results";

interface BarsProps {
  poll: Poll;
  counts: readonly number[];
  answered: number;
  /** Null while what is right is not shown. */
  right: readonly number[] | null;
  own?: readonly number[];
}

export function Bars({ poll, counts, answered, right, own = [] }: BarsProps) {
  const shares = percents(counts, answered, poll.is_multiple);
  return (
    <ul class="poll-bars" aria-label={t("ask-answers")}>
      {optionsOf(poll).map((option, index) => {
        const isRight = right?.includes(index) ?? false;
        const isOwn = own.includes(index);
        const count = counts[index] ?? 0;
        const share = shares[index] ?? 0;
        const words = { option: spoken(option), count, of: answered };
        return (
          <li key={spoken(option) || index} class={isRight ? "poll-bar is-right" : "poll-bar"}>
            <span class="vh">
              {t(isRight ? "ask-bar-right" : "ask-bar", words)}
              {isOwn && ` ${t("ask-bar-own")}`}
            </span>
            <span class="poll-bar-line" aria-hidden="true">
              {option.mark && <span class="poll-mark">{option.mark}</span>}
              <span class="poll-words">
                <Worded text={option.words} plain />
                {isRight && (
                  <span class="poll-right">
                    <Icon name="check" />
                    {t("ask-right")}
                  </span>
                )}
                {isOwn && <span class="poll-own">{t("ask-own")}</span>}
              </span>
              <span class="num">{count}</span>
              <span class="num faint">{t("ask-percent", { value: share })}</span>
            </span>
            <progress class="poll-share" max={100} value={share} aria-hidden="true" />
          </li>
        );
      })}
    </ul>
  );
}

/** Typed answers without names, the most frequent first. */
export function TypedAnswers({ texts }: { texts: readonly TextCount[] }) {
  return (
    <ul class="poll-texts" aria-label={t("ask-answers")}>
      {texts.map((one) => (
        <li key={one.text}>
          <span>
            <Worded text={one.text} />
          </span>
          {one.count > 1 && <span class="num faint">{t("ask-times", { count: one.count })}</span>}
        </li>
      ))}
    </ul>
  );
}
