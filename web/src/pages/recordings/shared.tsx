/** `/w/<token>`: what somebody shared. Its password first, where it has one; then the player. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { dayOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { FormFault } from "../../ui/field";
import { Empty, Mark } from "../../ui/mark";
import type { Problem } from "../../wire/http";
import { readShared, type Watched } from "../../wire/recordings";
import { PasswordField } from "../entry_form";
import { DoorFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { Watch } from "./watch";

const GONE = new Set(["recording.unknown", "recording.expired", "recording.share_unknown"]);

export function SharedPage({ token }: { token: string }) {
  const [shared, setShared] = useState<Watched | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = async () => {
    const answer = await readShared(token);
    if (answer.ok) setShared(answer.value);
    setProblem(answer.ok ? null : answer.error);
  };
  useEffect(() => void load(), [token]);
  useTitle(shared?.title || t("library-shared-title"));
  if (shared) return <Behind token={token} shared={shared} />;
  return (
    <DoorFrame class="entry">
      {problem && GONE.has(problem.code) && <Gone />}
      {problem && !GONE.has(problem.code) && (
        <LoadFault problem={problem} onAgain={() => void load()} />
      )}
      {!problem && <Loading />}
    </DoorFrame>
  );
}

function Gone() {
  return (
    <div class="card watch-problem">
      <Empty title={t("library-shared-gone")} text={t("library-shared-gone-note")} />
    </div>
  );
}

function Behind({ token, shared }: { token: string; shared: Watched }) {
  const [password, setPassword] = useState<string | null>(shared.needs_password ? null : "");
  const [isWrong, setWrong] = useState(false);
  const asked = useMemo(
    () => ({ share: token, ...(password ? { password } : {}) }),
    [token, password],
  );
  if (password === null) {
    return <PasswordSheet shared={shared} isWrong={isWrong} onPassword={setPassword} />;
  }
  return (
    <Watch
      id={shared.recording_id}
      title={shared.title || t("library-shared-title")}
      isShared
      isEnrolled={shared.kind === "enrolled"}
      asked={asked}
      onPassword={() => {
        setWrong(password !== "");
        setPassword(null);
      }}
    />
  );
}

interface SheetProps {
  shared: Watched;
  isWrong: boolean;
  onPassword(password: string): void;
}

function PasswordSheet({ shared, isWrong, onPassword }: SheetProps) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState(isWrong ? refusalText("recording.password") : null);
  const send = (event: Event) => {
    event.preventDefault();
    if (text === "") return setFault(refusalText("recording.password"));
    onPassword(text);
  };
  return (
    <DoorFrame class="entry">
      <div class="entry-sheet">
        <Mark class="entry-mark" />
        <h1>{shared.title || t("library-shared-title")}</h1>
        {shared.began_at && <p class="lead num">{dayOf(shared.began_at)}</p>}
        <form class="entry-form" onSubmit={send} noValidate>
          <FormFault>{fault}</FormFault>
          <PasswordField
            value={text}
            onValue={(value) => {
              setText(value);
              setFault(null);
            }}
          />
          <Button type="submit" look="primary" size="large" wide>
            {t("library-shared-open")}
          </Button>
        </form>
      </div>
    </DoorFrame>
  );
}
