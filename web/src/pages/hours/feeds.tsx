/** Calendars from elsewhere with how they are read, and the address of our own. */
import { useEffect, useState } from "preact/hooks";
import { serverNow } from "../../booking/now";
import { agoOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { hasText, t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Field, FormFault, Segmented, Switch } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { toast } from "../../ui/live";
import {
  addFeed,
  changeFeed,
  type Feed,
  type FeedAddresses,
  feedAddresses,
  listFeeds,
  readFeedNow,
  removeFeed,
  renewFeedAddresses,
} from "../../wire/feeds";
import type { Problem } from "../../wire/http";
import { copy } from "../copy_link";

/** While one waits for its first reading. */
const LOOK_MS = 1_500;

interface Props {
  host: string;
  /** Something of busy times is another now. */
  onChange(): void;
}

export function Feeds({ host, onChange }: Props) {
  const [list, setList] = useState<readonly Feed[] | null>(null);
  const [url, setUrl] = useState("");
  const [kind, setKind] = useState<Feed["kind"]>("busy");
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const load = async () => {
    const result = await listFeeds(host);
    if (result.ok) setList(result.value);
    else setFault(words(result.error));
  };
  useEffect(() => void load(), [host]);
  /** Those somebody wants read now, with when they were tried before. */
  const [asked, setAsked] = useState<Readonly<Record<string, string>>>({});
  const isWaiting =
    list?.some((one) => one.state === "waiting" || asked[one.id] === (one.tried_at ?? "")) ?? false;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => void load(), LOOK_MS);
    return () => {
      clearInterval(timer);
      onChange();
    };
  }, [isWaiting]);
  const after = async (result: { ok: boolean; error?: Problem }) => {
    setFault(result.ok || !result.error ? null : words(result.error));
    await load();
    onChange();
  };
  const readNow = async (one: Feed) => {
    const result = await readFeedNow(host, one.id);
    if (result.ok) setAsked({ ...asked, [one.id]: one.tried_at ?? "" });
    await after(result);
  };
  const add = async () => {
    setBusy(true);
    const result = await addFeed(host, { url: url.trim(), kind });
    setBusy(false);
    if (result.ok) setUrl("");
    await after(result);
  };
  return (
    <section class="stack">
      <h2>{t("hours-feeds")}</h2>
      <p class="small quiet">{t("hours-feeds-note")}</p>
      <ul class="rows">
        {list?.map((one) => (
          <li key={one.id}>
            <div class="grow">
              <b class="ell">{one.name || one.site}</b>
              <span class="small quiet">{one.site}</span>
              <FeedState feed={one} />
              <Problems of={one.problems} />
            </div>
            <Switch
              label={t("hours-feed-on")}
              checked={one.is_on}
              onChange={(is_on) => void changeFeed(host, one.id, { is_on }).then(after)}
            />
            <IconButton
              icon="again"
              label={t("hours-feed-read", { name: one.name || one.site })}
              onClick={() => void readNow(one)}
            />
            <IconButton
              icon="trash"
              label={t("hours-feed-remove", { name: one.name || one.site })}
              onClick={() => void removeFeed(host, one.id).then(after)}
            />
          </li>
        ))}
      </ul>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && url.trim()) void add();
        }}
      >
        <Field
          label={t("hours-feed-url")}
          hint={t("hours-feed-hint")}
          value={url}
          onValue={setUrl}
          autocomplete="off"
          spellcheck={false}
          maxLength={500}
        />
        <Segmented<Feed["kind"]>
          label={t("hours-feed-kind")}
          options={[
            { value: "busy", label: t("hours-feed-busy") },
            { value: "holidays", label: t("hours-feed-holidays") },
          ]}
          value={kind}
          onPick={setKind}
        />
        <FormFault>{fault}</FormFault>
        <div>
          <Button type="submit" look="line" icon="plus" waiting={busy && t("hours-feed-adding")}>
            {t("hours-feed-add")}
          </Button>
        </div>
      </form>
      <OwnFeed host={host} />
    </section>
  );
}

const words = (problem: Problem) => refusalText(problem.code, problem.params);

/** "Read 2 minutes ago", "Cannot be read since Monday: it answers with a web page". */
function FeedState({ feed }: { feed: Feed }) {
  const now = serverNow();
  if (feed.state === "failing") {
    const [kind = "", status = ""] = feed.failure.split(/[ :]/);
    const key = `hours-failure-${kind}`;
    const why = hasText(key) ? t(key, { status }) : t("hours-failure-other");
    return (
      <span class="small field-fault">
        <Icon name="warn" />
        <span>
          {t(feed.read_at ? "hours-feed-failing" : "hours-feed-never-read", {
            since: agoOf(feed.failing_since ?? feed.next_at, now),
            why,
          })}
        </span>
      </span>
    );
  }
  const text =
    feed.state === "read" && feed.read_at
      ? t("hours-feed-state-read", { ago: agoOf(feed.read_at, now), count: feed.events })
      : t(feed.state === "off" ? "hours-feed-state-off" : "hours-feed-state-waiting");
  return <span class="small quiet">{text}</span>;
}

/** Entries that could not be read as they were meant: "broken:2". */
function Problems({ of }: { of: readonly string[] }) {
  const told = of.flatMap((one) => {
    const [kind = "", count = "1"] = one.split(":");
    const key = `hours-problem-${kind}`;
    return hasText(key) ? [t(key, { count: Number(count) })] : [];
  });
  return told.length === 0 ? null : <span class="small quiet">{told.join(" ")}</span>;
}

const TITLES = ["plain", "offer", "client"] as const;

function OwnFeed({ host }: { host: string }) {
  const [paths, setPaths] = useState<FeedAddresses | null>(null);
  const [titles, setTitles] = useState<(typeof TITLES)[number]>("plain");
  useEffect(() => {
    void feedAddresses(host).then((result) => setPaths(result.ok ? result.value : null));
  }, [host]);
  if (!paths) return null;
  const address = `${location.origin}${paths[titles]}`;
  const renew = async () => {
    const result = await renewFeedAddresses(host);
    if (result.ok) setPaths(result.value);
    toast(result.ok ? t("hours-own-renewed") : words(result.error));
  };
  return (
    <div class="stack">
      <h3>{t("hours-own")}</h3>
      <p class="small quiet">{t("hours-own-note")}</p>
      <Segmented<(typeof TITLES)[number]>
        label={t("hours-own-shows")}
        options={TITLES.map((one) => ({ value: one, label: t(`hours-own-${one}`) }))}
        value={titles}
        onPick={setTitles}
      />
      <div class="row row-wrap">
        <Button
          look="line"
          icon="copy"
          onClick={() =>
            void copy(address, t("hours-own-copied"), t("link-copy-failed", { link: address }))
          }
        >
          {t("hours-own-copy")}
        </Button>
        <Button look="quiet" onClick={() => void renew()}>
          {t("hours-own-renew")}
        </Button>
      </div>
    </div>
  );
}
