/** A week with what can be done in it: look, drag, book, move, block. */
import { useEffect, useRef, useState } from "preact/hooks";
import { mayDrop, type Plan } from "../../booking/drag";
import { serverNow } from "../../booking/now";
import { MINUTE_MS, type Span } from "../../booking/zone";
import { cityOf, monthText } from "../../text/dates";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { toast } from "../../ui/live";
import type { Organisation, OrgHost } from "../../wire/organisations";
import { DeskFrame } from "../desk/frame";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { useDesk } from "../queue/feed";
import { BlockDialog } from "./block_dialog";
import { makeBlock, moveBlock } from "./blocks";
import { BookDialog } from "./book_dialog";
import { EntryDialog } from "./entry_dialog";
import { groundOf, WeekGrid } from "./grid";
import { Hand } from "./hand";
import { HostChoice } from "./hosts";
import { WeekList } from "./list";
import { MoveDialog } from "./move_dialog";
import type { Shown } from "./shown";
import { Side } from "./side";
import { WeekStore } from "./store";
import { useIsNarrow } from "./use_narrow";
import { verdictText } from "./words";

type Asked =
  | { what: "entry"; one: Shown }
  | { what: "move"; one: Shown; to: number; isAside: boolean }
  | { what: "block"; one: Shown | null; span: Span }
  | { what: "book"; at: number }
  | null;

const HALF_MS = 30 * MINUTE_MS;

export function WeekPage({ org, host }: { org: Organisation; host: OrgHost }) {
  const isNarrow = useIsNarrow();
  const days = isNarrow ? 2 : 7;
  const [store, setStore] = useState(() => new WeekStore(host.id, host.zone, days));
  const [asked, setAsked] = useState<Asked>(null);
  // The hand lives as long as the page; the store is another one for another width.
  const held = useRef(store);
  held.current = store;
  const [hand] = useState(() => makeHand(() => held.current, setAsked));
  useEffect(() => {
    if (store.days !== days) setStore(store.inDays(days));
  }, [days]);
  useEffect(() => void store.open(), [store]);
  useDesk(org.id);
  useEffect(() => store.follow(), [store]);
  hand.press = (one) => setAsked({ what: "entry", one });
  const { value: week } = store.week;
  const { value: shown } = store.shown;
  const offers = store.offers.value;
  const nextHalf = () => Math.ceil(serverNow() / HALF_MS) * HALF_MS;
  const first = () => shown?.free[0]?.at ?? nextHalf();
  const minutes = offers?.find((one) => one.id === store.offer.value)?.minutes ?? 30;
  const look = { now: store.now.value, today: store.today() };
  const open = (one: Shown) => setAsked({ what: "entry", one });
  return (
    <DeskFrame
      at="week"
      title={week?.days[0] ? monthText(week.days[0].day) : t("desk-week")}
      actions={
        <>
          <Steps store={store} />
          <HostChoice org={org} />
          {week?.may_change && (
            <>
              <Button
                look="line"
                onClick={() => setAsked({ what: "block", one: null, span: spanAt(nextHalf()) })}
              >
                {t("week-block-act")}
              </Button>
              <Button
                look="primary"
                icon="plus"
                onClick={() => setAsked({ what: "book", at: first() })}
              >
                {t("week-book-act")}
              </Button>
            </>
          )}
        </>
      }
    >
      {store.fault.value && (
        <LoadFault problem={store.fault.value} onAgain={() => void store.load()} />
      )}
      {!week && !store.fault.value && <Loading />}
      {week && shown && (
        <>
          <p class="week-line-note small quiet">
            {t("week-zone-note", { city: cityOf(week.zone) })}
            {!isNarrow && week.may_change && ` ${t("week-hand-note")}`}
          </p>
          <div class="week-page">
            {isNarrow ? (
              <WeekList
                week={week}
                shown={shown}
                {...look}
                onOpen={open}
                onFree={(at) => setAsked({ what: "book", at })}
              />
            ) : (
              <WeekGrid
                week={week}
                shown={shown}
                {...look}
                minutes={minutes}
                hand={hand}
                onOpen={open}
              />
            )}
            <Side org={org} store={store} week={week} shown={shown} />
          </div>
        </>
      )}
      <Questions org={org} store={store} asked={asked} onAsked={setAsked} />
    </DeskFrame>
  );
}

const spanAt = (from: number): Span => ({ from, to: from + 2 * HALF_MS });

function Steps({ store }: { store: WeekStore }) {
  const by = store.days;
  const isWeek = by === 7;
  return (
    <div class="row">
      <IconButton
        icon="left"
        label={t(isWeek ? "week-earlier" : "week-days-earlier")}
        onClick={() => void store.go(-by)}
      />
      <IconButton
        icon="right"
        label={t(isWeek ? "week-later" : "week-days-later")}
        onClick={() => void store.go(by)}
      />
      <Button look="quiet" size="small" onClick={() => void store.goToday()}>
        {t("week-today")}
      </Button>
    </div>
  );
}

function makeHand(store: () => WeekStore, ask: (asked: Asked) => void): Hand {
  return new Hand(
    () => {
      const [week, shown] = [store().week.value, store().shown.value];
      return week && shown ? groundOf(week, shown) : null;
    },
    {
      onFree: (at) => ask({ what: "book", at }),
      onBlock: (plan) => dropBlock(store(), plan),
      onMove: (one, plan) => dropMove(store(), one, plan, ask),
    },
  );
}

function dropBlock(store: WeekStore, plan: Plan): void {
  if (mayDrop(plan)) void makeBlock(store, plan);
  else toast(verdictText(plan.verdict));
}

/** What may not be dropped there springs back, and why is said. */
function dropMove(store: WeekStore, one: Shown, plan: Plan, ask: (asked: Asked) => void): void {
  if (plan.verdict === "same") return;
  if (!mayDrop(plan)) toast(verdictText(plan.verdict));
  else if (one.kind === "block") void moveBlock(store, one, plan);
  else ask({ what: "move", one, to: plan.from, isAside: plan.verdict !== "free" });
}

interface QuestionsProps {
  org: Organisation;
  store: WeekStore;
  asked: Asked;
  onAsked(asked: Asked): void;
}

function Questions({ org, store, asked, onAsked }: QuestionsProps) {
  const zone = store.week.value?.zone ?? store.zone;
  const close = () => onAsked(null);
  const done = () => store.load();
  if (asked === null) return null;
  if (asked.what === "book")
    return <BookDialog org={org.id} store={store} zone={zone} at={asked.at} onClose={close} />;
  if (asked.what === "block")
    return <BlockDialog store={store} zone={zone} {...asked} onClose={close} />;
  const { one } = asked;
  if (asked.what === "move")
    return (
      <MoveDialog
        one={one}
        zone={zone}
        to={asked.to}
        isAside={asked.isAside}
        onClose={close}
        onDone={done}
      />
    );
  if (one.kind === "block")
    return <BlockDialog store={store} zone={zone} one={one} span={one} onClose={close} />;
  return (
    <EntryDialog
      one={one}
      zone={zone}
      mayChange={store.week.value?.may_change ?? false}
      now={serverNow()}
      onClose={close}
      onMove={() => onAsked({ what: "move", one, to: one.from, isAside: false })}
      onDone={done}
    />
  );
}
