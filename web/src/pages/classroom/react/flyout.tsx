/** The six reactions to choose from; it stays open, because whoever claps presses again. */
import type { TargetedKeyboardEvent } from "preact";
import { t } from "../../../text/text";
import { Flyout } from "../../../ui/flyout";
import { Icon } from "../../../ui/icon";
import type { Desk } from "../desk";
import { REACT_ID, REACTIONS, react } from "./acts";

export function ReactFlyout({ desk }: { desk: Desk }) {
  const side = desk.form.value === "wide" ? "above" : "sheet";
  return (
    <Flyout id={REACT_ID} label={t("react")} side={side} class="react">
      {(hide) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys reach its buttons sooner.
        <div class="react-row" onKeyDown={(event) => onKey(desk, event, hide)}>
          {REACTIONS.map((reaction) => (
            <button
              key={reaction}
              type="button"
              class="react-one"
              data-reaction={reaction}
              onClick={() => void react(desk, reaction)}
            >
              <Icon name={reaction} />
              <span>{t(`react-${reaction}`)}</span>
            </button>
          ))}
        </div>
      )}
    </Flyout>
  );
}

/** Arrows go from one to the next, figures give one, and the letter that opened it closes it. */
function onKey(desk: Desk, event: TargetedKeyboardEvent<HTMLElement>, hide: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((one) => one.matches(":focus"));
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const chosen = REACTIONS[Number(event.key) - 1];
  if (step) buttons[(at + step + buttons.length) % buttons.length]?.focus();
  else if (chosen) void react(desk, chosen);
  else if (event.key.toLowerCase() === "r") hide();
  else return;
  event.preventDefault();
}
