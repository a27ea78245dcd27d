/** A recording as a card: its picture, what it is, who agreed, until when, and what can be done. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import { Menu, type MenuBreak, type MenuItem } from "../../ui/menu";
import { consentsAddress, posterAddress, type Recording } from "../../wire/recordings";
import { lengthText } from "../lessons/figures";
import type { Asking } from "./dialogs";
import { save } from "./save";
import {
  agreedText,
  consentText,
  endsSoon,
  faultText,
  isPlayable,
  keptText,
  momentText,
  stateText,
} from "./words";

interface CardProps {
  one: Recording;
  onAsk(asking: Asking): void;
}

export function RecordingCard({ one, onAsk }: CardProps) {
  const items = one.may === "edit" ? editItems(one, onAsk) : [];
  const { title, room_title } = one;
  return (
    <li class="card deck-card recording-card" data-state={one.state}>
      <Cover one={one} />
      <div class="deck-card-words">
        <h3 title={title}>{title}</h3>
        {items.length > 0 && (
          <Menu label={t("library-menu", { title })} icon="more" items={items} />
        )}
        {room_title !== title && <p class="small quiet">{room_title}</p>}
        <p class="small quiet num">{momentText(one)}</p>
        <Standing one={one} />
        {one.may === "edit" && <Facts one={one} />}
      </div>
    </li>
  );
}

export function addressOf({ id }: Recording): string {
  return `/recordings/${encodeURIComponent(id)}`;
}

function Cover({ one }: { one: Recording }) {
  const picture = <Picture one={one} />;
  if (!isPlayable(one)) return <div class="recording-cover">{picture}</div>;
  return (
    <a
      class="recording-cover"
      href={addressOf(one)}
      aria-label={t("library-open-name", { title: one.title })}
    >
      {picture}
      <span class="recording-play">
        <Icon name="play" />
      </span>
      <span class="recording-length num">{lengthText(one.duration_ms)}</span>
    </a>
  );
}

const LOOK_AGAIN_MS = 3_000;
const LOOKS = 6;

/** It is made a moment after the recording: looked for again until then, and no longer. */
export function Picture({ one }: { one: Recording }) {
  const [looks, setLooks] = useState(0);
  const [isThere, setThere] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!isPlayable(one)) return <Icon name={one.state === "broken" ? "warn" : "record"} />;
  if (looks >= LOOKS) return null;
  const again = () => {
    timer.current = setTimeout(() => setLooks(looks + 1), LOOK_AGAIN_MS);
  };
  // A picture that did not come shows the browser's sign for that; hidden, it shows nothing.
  return (
    <img
      key={looks}
      src={`${posterAddress(one.id)}?look=${looks}`}
      alt=""
      loading="lazy"
      data-waits={isThere ? undefined : ""}
      onLoad={() => setThere(true)}
      onError={again}
    />
  );
}

/** What is under way with it, or why it cannot be watched. */
function Standing({ one }: { one: Recording }) {
  const text = stateText(one);
  if (!text) return null;
  const isBroken = one.state === "broken";
  const fault = faultText(one);
  const isCounted = one.progress > 0 && !isBroken;
  return (
    <>
      <p class={isBroken ? "small deck-fault" : "small num deck-coming"}>
        {isBroken && <Icon name="warn" />}
        <span>{isBroken ? `${text}. ${t("error-recording-broken")}` : text}</span>
      </p>
      {fault && (
        <p class="small deck-fault">
          <Icon name="warn" />
          <span>{fault}</span>
        </p>
      )}
      {isCounted && (
        <div class="decks-bar-line" aria-hidden="true" style={{ "--part": `${one.progress}%` }} />
      )}
    </>
  );
}

function Facts({ one }: { one: Recording }) {
  const soon = endsSoon(one, Date.now());
  const tip = consentText(one);
  return (
    <p class="recording-facts">
      <span class="pill" data-tip={tip || undefined}>
        <Icon name="shield" />
        {agreedText(one)}
      </span>
      <span
        class={soon ? "pill pill-signal" : "pill"}
        data-tip={
          one.hold && one.hold_why ? t("library-held-why", { why: one.hold_why }) : undefined
        }
      >
        <Icon name={one.hold ? "hold" : "clock"} />
        {keptText(one, Date.now())}
      </span>
      {one.shares > 0 && (
        <span class="pill">
          <Icon name="link" />
          {t("library-shares", { count: one.shares })}
        </span>
      )}
      {one.cuts.length > 0 && (
        <span class="pill">
          <Icon name="cut" />
          {t("library-cut")}
        </span>
      )}
      <span class="small quiet num">{t("library-views", { count: one.views })}</span>
    </p>
  );
}

/** Only what can be done in its state; while it is made there is little. */
function editItems(one: Recording, onAsk: CardProps["onAsk"]): (MenuItem | MenuBreak)[] {
  const ask = (what: Asking["what"]) => () => onAsk({ what, one });
  const ready = isPlayable(one);
  const whenReady: MenuItem[] = ready
    ? [
        { label: t("library-share"), icon: "link", run: ask("share") },
        { label: t("library-download"), icon: "download", run: ask("files") },
        { label: t("library-trim"), icon: "cut", run: ask("cut") },
        { label: t("library-captions"), icon: "captions", run: ask("captions") },
      ]
    : [];
  return [
    ...whenReady,
    { label: t("library-rename"), icon: "pen", run: ask("rename") },
    { heading: null },
    { label: t("library-views-open"), icon: "eye", run: ask("views") },
    { label: t("library-consents"), icon: "shield", run: () => save(consentsAddress(one.id)) },
    { heading: null },
    { label: t("library-keep"), icon: "clock", run: ask("keep") },
    {
      label: t(one.hold ? "library-unhold" : "library-hold"),
      icon: "hold",
      run: ask(one.hold ? "unhold" : "hold"),
    },
    ...(ready ? [{ label: t("library-person"), icon: "remove", run: ask("person") } as const] : []),
    ...(one.state === "recording"
      ? []
      : [{ label: t("library-delete"), icon: "trash", danger: true, run: ask("delete") } as const]),
  ];
}
