/** Who comes in by a link of their own: under their name on the teacher's list, and no other. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { toast } from "../../ui/live";
import { type RoomFacts, readRoom } from "../../wire/api";
import { beGuest } from "../../wire/enrolments";
import { forgetSeat } from "../../wire/seats";

interface KnownProps {
  code: string;
  name: string;
  /** The door looks again who is here. */
  onFacts(facts: RoomFacts): void;
}

export function KnownAs({ code, name, onFacts }: KnownProps) {
  const [busy, setBusy] = useState(false);
  const beSomebodyElse = async () => {
    setBusy(true);
    const forgotten = await beGuest(code);
    const facts = await readRoom(code, language.value);
    setBusy(false);
    const problem = forgotten.ok ? (facts.ok ? null : facts.error) : forgotten.error;
    if (problem) return toast(refusalText(problem.code, problem.params));
    if (!facts.ok) return;
    forgetSeat(code);
    if (facts.value.you?.enrolled) toast(t("enrol-signed-in"));
    onFacts(facts.value);
  };
  return (
    <div class="known-as">
      <Avatar name={name} id={name} size={32} />
      <span class="grow">
        <span class="small quiet">{t("enrol-you-are")}</span>
        <b>{name}</b>
      </span>
      <Button
        look="quiet"
        size="small"
        waiting={busy && t("enrol-not-you")}
        onClick={() => void beSomebodyElse()}
      >
        {t("enrol-not-you")}
      </Button>
    </div>
  );
}

/** Why a link of one's own counts no more, above the way in as a guest. */
export function LinkFault({ code }: { code: string }) {
  return (
    <p class="banner banner-signal" role="status">
      <Icon name="warn" />
      <span class="grow">{refusalText(code)}</span>
    </p>
  );
}

/** In the place of the form, for a guest where none comes in. */
export function OnlyEnrolled() {
  return (
    <div class="banner banner-signal" role="status">
      <Icon name="door-locked" />
      <div class="grow">
        <b>{t("enrol-only-title")}</b>
        <p>{t("error-enrolment-only")}</p>
      </div>
    </div>
  );
}
