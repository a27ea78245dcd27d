/** Home of somebody with an account: the appointments of today for who has some, the class to open
 * now, the rooms, another class by code. */
import { useState } from "preact/hooks";
import { timeOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink, IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { toast } from "../../ui/live";
import type { Account, Room } from "../../wire/api";
import { CodeEntry } from "../code_entry";
import { copyLink } from "../copy_link";
import { organisationFault, useOrganisation } from "../desk/organisation";
import { AppFrame, Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { NextAppointment } from "../mine/next_card";
import { WaitingNow } from "../queue/waiting_now";
import { refreshRooms, rooms, roomsFault, roomToStart, useRooms } from "../rooms/store";
import { navigate } from "../router";
import { hostNow } from "../week/hosts";
import { Slide } from "./picture";
import { RecentDecks } from "./recent_decks";
import { RecentRecordings } from "./recent_recordings";
import { Today } from "./today";

const SHOWN = 6;

function greeting(name: string, hour: number): string {
  const part = hour < 5 || hour >= 18 ? "evening" : hour < 12 ? "morning" : "day";
  return t(`greeting-${part}`, { name });
}

/** `takes`: they have appointments; undefined while nobody knows. */
function leadOf(list: readonly Room[] | null, takes: boolean | undefined): string {
  if (list === null || takes === undefined) return "\u00a0";
  const live = list.filter((room) => room.live).length;
  if (live > 0) return t("home-lead-live", { count: live });
  if (takes) return t("home-lead-desk");
  return list.length > 0 ? t("home-lead-rooms") : t("home-lead-empty");
}

export function HostHome({ account }: { account: Account }) {
  useRooms();
  const [starting, setStarting] = useState(false);
  const start = async () => {
    setStarting(true);
    const result = await roomToStart(t("room-default-title", { name: account.name }));
    setStarting(false);
    if ("code" in result) navigate(`/r/${result.code}`);
    else toast(refusalText(result.problem.code, result.problem.params));
  };
  const list = rooms.value;
  const empty = list !== null && list.length === 0;
  const takes = useTakesAppointments();
  const isNew = empty && takes === false;
  return (
    <AppFrame at="/">
      <div class="page-head">
        <div class="grow">
          <h1>{greeting(account.name, new Date().getHours())}</h1>
          <p>{leadOf(list, takes)}</p>
        </div>
        {list !== null && takes !== undefined && !isNew && (
          <Button
            look="line"
            icon="plus"
            waiting={starting && t("home-starting")}
            onClick={() => void start()}
          >
            {t("home-start-now")}
          </Button>
        )}
      </div>
      {roomsFault.value && (
        <LoadFault problem={roomsFault.value} onAgain={() => void refreshRooms()} />
      )}
      {list === null && !roomsFault.value && <Loading />}
      {isNew && <FirstClass starting={starting} onStart={() => void start()} />}
      <WaitingNow />
      <Today />
      <NextAppointment />
      {list?.[0] && <NextClass room={list[0]} />}
      {list !== null && (
        <div class="cols">
          {!empty && <RoomList list={list} />}
          {isNew && <Steps />}
          {empty && takes && <NoRooms />}
          <section>
            <h2>{t("code-title")}</h2>
            <div class="card card-pad">
              <CodeEntry />
            </div>
            <RecentRecordings />
            <RecentDecks account={account.id} />
          </section>
        </div>
      )}
    </AppFrame>
  );
}

/** Whether there is an organisation in which they, or those they sit for, take appointments. */
function useTakesAppointments(): boolean | undefined {
  const org = useOrganisation();
  if (org === undefined) return organisationFault.value ? false : undefined;
  return org !== null && hostNow(org) !== null;
}

/** Who has appointments may have no class at all: a word, and no picture above their day. */
function NoRooms() {
  return (
    <section>
      <h2>{t("home-your-rooms")}</h2>
      <p class="small quiet">{t("home-no-rooms")}</p>
    </section>
  );
}

function NextClass({ room }: { room: Room }) {
  return (
    <section class="next" aria-label={room.title}>
      <div class="next-words">
        <p class="row row-wrap small">
          {room.live ? (
            <>
              <span class="pill pill-ok">
                <span class="dot" />
                {t("home-live-now")}
              </span>
              <span class="quiet num">
                {t("home-live-since", { time: timeOf(room.live.started_at) })}
              </span>
            </>
          ) : (
            <span class="pill pill-accent">
              <Icon name="check" />
              {t("home-ready")}
            </span>
          )}
        </p>
        <h2>{room.title}</h2>
        <p class="quiet">
          {room.live ? t("home-inside", { count: room.live.participants }) : t("home-ready-note")}
        </p>
        <div class="next-acts">
          <ButtonLink look="primary" size="large" href={`/r/${room.code}`}>
            {room.live ? t("home-join") : t("home-open")}
          </ButtonLink>
          <Button look="quiet" size="large" icon="link" onClick={() => void copyLink(room.code)}>
            {t("copy-link")}
          </Button>
        </div>
      </div>
      <div class="next-picture">
        <Slide />
      </div>
    </section>
  );
}

function FirstClass({ starting, onStart }: { starting: boolean; onStart(): void }) {
  return (
    <section class="next" aria-label={t("home-empty-title")}>
      <div class="next-words">
        <h2>{t("home-empty-title")}</h2>
        <p class="quiet">{t("home-empty-note")}</p>
        <div class="next-acts">
          <Button
            look="primary"
            size="large"
            waiting={starting && t("home-starting")}
            onClick={onStart}
          >
            {t("home-start-now")}
          </Button>
        </div>
      </div>
      <div class="next-picture">
        <Slide />
      </div>
    </section>
  );
}

function Steps() {
  return (
    <section>
      <h2>{t("home-steps-title")}</h2>
      <ol class="steps">
        {[1, 2, 3].map((n) => (
          <li key={n}>
            <span class="step-n num" aria-hidden="true">
              {n}
            </span>
            <div>
              <h3>{t(`home-step-${n}`)}</h3>
              <p class="small quiet">{t(`home-step-${n}-note`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function RoomList({ list }: { list: readonly Room[] }) {
  return (
    <section>
      <h2>
        <span class="grow">{t("home-your-rooms")}</span>
        <a href="/rooms">{t("home-all-rooms")}</a>
      </h2>
      <ul class="room-rows">
        {list.slice(0, SHOWN).map((room) => (
          <li key={room.id} class={room.live ? "room-row is-live" : "room-row"}>
            <i aria-hidden="true" />
            <div class="grow">
              <b class="ell">{room.title}</b>
              <small>
                {room.live
                  ? `${t("home-live-now")} · ${t("home-inside", { count: room.live.participants })}`
                  : t("rooms-code", { code: room.code })}
              </small>
            </div>
            <IconButton
              icon="link"
              label={t("rooms-copy-of", { title: room.title })}
              onClick={() => void copyLink(room.code)}
            />
            <ButtonLink look="quiet" size="small" href={`/r/${room.code}`}>
              {room.live ? t("home-join") : t("home-open")}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
