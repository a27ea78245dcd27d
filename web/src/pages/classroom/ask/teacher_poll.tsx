/** One question as the teacher sees it: who has answered, what, and what may be done with it. */
import type { Asked } from "../../../room/ask";
import { listOf } from "../../../text/dates";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Menu, type MenuItem } from "../../../ui/menu";
import type { Poll, PollSheet } from "../../../wire/messages";
import { Worded } from "../chat/worded";
import type { Desk } from "../desk";
import { closePoll, discardPoll, publishPoll } from "./acts";
import { Bars } from "./bars";
import { Pictures } from "./picturing";
import { answerText, hasRight, isChosen, rightRate, titleOf } from "./results";
import { TimeLeft } from "./time_left";

export function LastPoll({ desk, asked: { poll, sheet } }: { desk: Desk; asked: Asked }) {
  return (
    <section class="poll" aria-label={titleOf(poll)}>
      <div class="poll-head">
        <TimeLeft desk={desk} poll={poll} />
        <span class="small quiet grow">{sheet && progressOf(poll, sheet)}</span>
        <Menu label={t("ask-more")} icon="more" items={menuOf(desk, poll, sheet)} />
      </div>
      <p class="poll-q">
        <Worded text={titleOf(poll)} />
      </p>
      {sheet && <Findings desk={desk} poll={poll} sheet={sheet} />}
      <Acts desk={desk} poll={poll} sheet={sheet} />
    </section>
  );
}

/** A row that opens. */
export function EarlierPoll({ desk, asked: { poll, sheet } }: { desk: Desk; asked: Asked }) {
  const rate = sheet && rightRate(sheet);
  return (
    <li>
      <details class="ask-past">
        <summary>
          <span class="ask-rate num">
            {rate === null ? <Icon name="chart" /> : t("ask-percent", { value: rate })}
          </span>
          <span class="ask-past-words">
            <b>
              <Worded text={titleOf(poll)} plain />
            </b>
            <span>
              {sheet && t("ask-count", { count: sheet.answers.length })}
              {poll.result && `${t("room-list-comma")}${t("ask-published")}`}
            </span>
          </span>
          <Icon name="down" class="ask-past-down" />
        </summary>
        <div class="poll">
          {sheet && <Findings desk={desk} poll={poll} sheet={sheet} />}
          <div class="poll-acts">
            <ShowButton desk={desk} poll={poll} sheet={sheet} />
            <Menu label={t("ask-more")} icon="more" items={menuOf(desk, poll, sheet)} />
          </div>
        </div>
      </details>
    </li>
  );
}

function progressOf(poll: Poll, sheet: PollSheet): string {
  const done = sheet.people.filter((one) => one.has_answered).length;
  const words = { done, all: sheet.people.length };
  const rate = rightRate(sheet);
  const parts = [t(poll.is_open ? "ask-progress" : "ask-progress-closed", words)];
  if (rate !== null) parts.push(t("ask-rate", { value: rate }));
  if (poll.result) parts.push(t("ask-published"));
  return parts.join(t("room-list-comma"));
}

function Findings({ desk, poll, sheet }: { desk: Desk; poll: Poll; sheet: PollSheet }) {
  const missing = sheet.people.filter((one) => !one.has_answered).map((one) => one.name);
  const secret = poll.is_anonymous && poll.is_open;
  return (
    <>
      {secret && <p class="small quiet">{t("ask-anonymous-open")}</p>}
      {poll.kind === "picture" && <Pictures desk={desk} sheet={sheet} />}
      {!secret && isChosen(poll) && (
        <Bars
          poll={poll}
          counts={sheet.counts}
          answered={sheet.answers.length}
          right={sheet.right.length > 0 ? sheet.right : null}
        />
      )}
      {!secret && hasWords(poll) && <Who poll={poll} sheet={sheet} />}
      {missing.length > 0 && (
        <p class="small quiet">{t("ask-not-yet", { names: listOf(missing) })}</p>
      )}
    </>
  );
}

/** Whether there is a list of who said what, or of what was typed. */
function hasWords({ kind, is_anonymous }: Poll): boolean {
  return kind === "text" || (kind !== "picture" && !is_anonymous);
}

/** Who said what; typed answers stand open, choices only when they are looked for. */
function Who({ poll, sheet }: { poll: Poll; sheet: PollSheet }) {
  if (sheet.answers.length === 0) return null;
  return (
    <details class="poll-who" open={poll.kind === "text"}>
      <summary>{t(poll.is_anonymous ? "ask-what" : "ask-who")}</summary>
      <ul>
        {sheet.answers.map((answer, index) => (
          <li key={answer.participant_id || index}>
            {answer.name && <b>{answer.name}</b>}
            <span class="poll-words">
              <Worded text={answerText(poll, answer)} />
            </span>
            {answer.is_right !== null && (
              <span class={answer.is_right ? "poll-verdict is-right" : "poll-verdict"}>
                <Icon name={answer.is_right ? "check" : "close"} />
                {t(answer.is_right ? "ask-verdict-right" : "ask-verdict-wrong")}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface OfPoll {
  desk: Desk;
  poll: Poll;
  sheet: PollSheet | null;
}

function Acts({ desk, poll, sheet }: OfPoll) {
  return (
    <div class="poll-acts">
      <ShowButton desk={desk} poll={poll} sheet={sheet} />
      {poll.is_open && (
        <Button
          look="line"
          onClick={({ currentTarget }) => {
            const acts = currentTarget.parentElement;
            // This button goes with the open question; its neighbour keeps the focus.
            void closePoll(desk, poll.id).then(() => acts?.querySelector("button")?.focus());
          }}
        >
          {t("ask-close")}
        </Button>
      )}
    </div>
  );
}

function ShowButton({ desk, poll, sheet }: OfPoll) {
  // A picture is shown by itself, on the board.
  if (poll.kind === "picture") return null;
  if (poll.result) {
    const hide = { on: false, show_right: false };
    return (
      <Button look="line" icon="eye-off" onClick={() => void publishPoll(desk, poll.id, hide)}>
        {t("ask-hide")}
      </Button>
    );
  }
  const show = { on: true, show_right: sheet !== null && hasRight(sheet) };
  return (
    <Button look="primary" class="grow" onClick={() => void publishPoll(desk, poll.id, show)}>
      {t("ask-show")}
    </Button>
  );
}

function menuOf(desk: Desk, poll: Poll, sheet: PollSheet | null): MenuItem[] {
  const items: MenuItem[] = [];
  if (sheet && hasRight(sheet)) {
    const isShown = poll.result !== null && poll.result.right !== null;
    items.push({
      label: t(isShown ? "ask-hide-right" : poll.result ? "ask-show-right" : "ask-show-plain"),
      icon: isShown ? "eye-off" : "eye",
      run: () =>
        void publishPoll(desk, poll.id, { on: true, show_right: poll.result !== null && !isShown }),
    });
  }
  items.push({
    label: t("ask-discard"),
    icon: "trash",
    danger: true,
    run: () =>
      void discardPoll(desk, poll.id).then(() =>
        document.querySelector<HTMLElement>(".panel .scroll.ask")?.focus(),
      ),
  });
  return items;
}
