/** In which of one's rooms a deck goes on the stage. */
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Empty } from "../../ui/mark";
import type { Room } from "../../wire/api";
import type { Deck } from "../../wire/decks";
import { Loading } from "../frame";
import { rooms, roomsFault, useRooms } from "../rooms/store";
import { carry } from "./carried";

export function UseDialog({ deck, onClose }: { deck: Deck; onClose(): void }) {
  useRooms();
  const list = rooms.value;
  const fault = roomsFault.value;
  return (
    <Dialog
      open
      title={t("decks-use-title", { name: deck.name })}
      onClose={onClose}
      class="decks-dialog"
      actions={
        <Button look="quiet" onClick={onClose} autofocus>
          {t("cancel")}
        </Button>
      }
    >
      <p class="quiet">{t("decks-use-note")}</p>
      {list === null && (fault ? <p>{refusalText(fault.code, fault.params)}</p> : <Loading />)}
      {list?.length === 0 && (
        <Empty title={t("rooms-empty-title")} text={t("rooms-empty-note")}>
          <ButtonLink look="primary" href="/rooms">
            {t("decks-use-rooms")}
          </ButtonLink>
        </Empty>
      )}
      {list !== null && list.length > 0 && (
        <ul class="rows">
          {list.map((room) => (
            <Row key={room.id} room={room} onUse={() => carry(deck, room.code)} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function Row({ room, onUse }: { room: Room; onUse(): void }) {
  const { title, live } = room;
  return (
    <li>
      <div class="grow">
        <b class="ell" title={title}>
          {title}
        </b>
        <span class="small quiet num">
          {live
            ? `${t("home-live-now")} · ${t("home-inside", { count: live.participants })}`
            : t("rooms-code", { code: room.code })}
        </span>
      </div>
      <Button
        look="line"
        size="small"
        aria-label={t("decks-use-in", { room: title })}
        onClick={onUse}
      >
        {t(live ? "home-join" : "home-open")}
      </Button>
    </li>
  );
}
