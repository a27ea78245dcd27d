/** The host's rooms: make, open, share, rename, end and delete them. */
import { useState } from "preact/hooks";
import { dayOf, timeOf } from "../../text/dates";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Empty } from "../../ui/mark";
import { Menu, type MenuItem } from "../../ui/menu";
import type { Room } from "../../wire/api";
import { copyLink } from "../copy_link";
import { AppFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { navigate } from "../router";
import { DeleteRoom, EndClass, NewRoom, RenameRoom } from "./dialogs";
import { RoomSettings } from "./settings";
import { refreshRooms, rooms, roomsFault, useRooms } from "./store";

type Asking =
  | { what: "new" }
  | { what: "rename" | "settings" | "end" | "delete"; room: Room }
  | null;

export function Rooms() {
  useTitle(t("rooms-title"));
  useRooms();
  const [asking, setAsking] = useState<Asking>(null);
  const list = rooms.value;
  const close = () => setAsking(null);
  const make = () => setAsking({ what: "new" });
  return (
    <AppFrame at="/rooms">
      <div class="page-head">
        <div class="grow">
          <h1>{t("rooms-title")}</h1>
          <p>{t("rooms-lead")}</p>
        </div>
        {list !== null && list.length > 0 && (
          <Button look="primary" icon="plus" onClick={make}>
            {t("rooms-new")}
          </Button>
        )}
      </div>
      {roomsFault.value && (
        <LoadFault problem={roomsFault.value} onAgain={() => void refreshRooms()} />
      )}
      {list === null && !roomsFault.value && <Loading />}
      {list?.length === 0 && (
        <div class="card">
          <Empty title={t("rooms-empty-title")} text={t("rooms-empty-note")}>
            <Button look="primary" icon="plus" onClick={make}>
              {t("rooms-new")}
            </Button>
          </Empty>
        </div>
      )}
      {list !== null && list.length > 0 && (
        <ul class="room-cards">
          {list.map((room) => (
            <RoomCard key={room.id} room={room} onAsk={setAsking} />
          ))}
        </ul>
      )}
      <NewRoom open={asking?.what === "new"} onClose={close} />
      <RenameRoom room={asking?.what === "rename" ? asking.room : null} onClose={close} />
      <RoomSettings room={asking?.what === "settings" ? asking.room : null} onClose={close} />
      <EndClass room={asking?.what === "end" ? asking.room : null} onClose={close} />
      <DeleteRoom room={asking?.what === "delete" ? asking.room : null} onClose={close} />
    </AppFrame>
  );
}

function RoomCard({ room, onAsk }: { room: Room; onAsk(asking: Asking): void }) {
  const items: MenuItem[] = [
    { label: t("rooms-rename"), icon: "pen", run: () => onAsk({ what: "rename", room }) },
    {
      label: t("lobby-settings"),
      icon: "lobby",
      run: () => onAsk({ what: "settings", room }),
    },
    {
      label: t("enrol-students"),
      icon: "people",
      run: () => navigate(`/rooms/${encodeURIComponent(room.id)}/students`),
    },
    {
      label: t("nav-reports"),
      icon: "chart",
      run: () => navigate(`/rooms/${encodeURIComponent(room.id)}/lessons`),
    },
    {
      label: t("nav-recordings"),
      icon: "record",
      run: () => navigate(`/rooms/${encodeURIComponent(room.id)}/recordings`),
    },
    {
      label: t("files-title"),
      icon: "files",
      run: () => navigate(`/rooms/${encodeURIComponent(room.id)}/files`),
    },
    ...(room.live
      ? [{ label: t("rooms-end"), icon: "stop", run: () => onAsk({ what: "end", room }) } as const]
      : []),
    {
      label: t("rooms-delete"),
      icon: "trash",
      danger: true,
      run: () => onAsk({ what: "delete", room }),
    },
  ];
  return (
    <li class="card room-card">
      <div class="room-card-head">
        <h2 class="grow">{room.title}</h2>
        <Menu label={t("rooms-more", { title: room.title })} icon="more" items={items} />
      </div>
      <p class="small quiet num">
        {room.live ? (
          <>
            <span class="pill pill-ok">
              <span class="dot" />
              {t("home-live-now")}
            </span>{" "}
            {t("home-live-since", { time: timeOf(room.live.started_at) })}
          </>
        ) : (
          t("rooms-created-on", { date: dayOf(room.created_at) })
        )}
      </p>
      <p class="small quiet">
        {room.live
          ? t("home-inside", { count: room.live.participants })
          : t("rooms-code", { code: room.code })}
      </p>
      <div class="room-card-acts">
        <ButtonLink look="line" icon="enter" href={`/r/${room.code}`}>
          {room.live ? t("home-join") : t("home-open")}
        </ButtonLink>
        <Button look="quiet" icon="link" onClick={() => void copyLink(room.code)}>
          {t("copy-link")}
        </Button>
      </div>
    </li>
  );
}
