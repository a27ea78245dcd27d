/** After a talk, for whoever led it: what comes next, beside the other ways on. */
import { useState } from "preact/hooks";
import { t } from "../../../text/text";
import { Button, ButtonLink } from "../../../ui/button";
import { FollowUp } from "../../clients/follow_up";
import { talk, talkRoom } from "./talk";

export function AfterTalk() {
  const [open, setOpen] = useState(true);
  const told = talk.value;
  const client = told?.clients.find((one) => one.is_mine);
  if (!told || !client) return null;
  return (
    <>
      <Button look="primary" icon="calendar" onClick={() => setOpen(true)}>
        {t("talk-follow-up")}
      </Button>
      <ButtonLink look="line" href={`/clients/${client.client_id}`}>
        {client.name}
      </ButtonLink>
      {open && (
        <FollowUp
          booking={client.booking_id}
          client={client.client_id}
          name={client.name}
          room={talkRoom.value.id}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
