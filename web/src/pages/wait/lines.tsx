/** What is written between somebody who waits and the desk. */
import { useEffect, useRef, useState } from "preact/hooks";
import { zoneHere } from "../../booking/zone";
import { timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { IconButton } from "../../ui/button";

export interface Line {
  id: number;
  isMine: boolean;
  name: string;
  text: string;
  at: string;
}

interface Props {
  label: string;
  lines: readonly Line[];
  onSend(text: string): Promise<boolean>;
}

export function Lines({ label, lines, onSend }: Props) {
  const [text, setText] = useState("");
  const end = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (end.current) end.current.scrollTop = end.current.scrollHeight;
  }, [lines.length]);
  const send = async () => {
    const now = text.trim();
    if (now === "") return;
    setText("");
    if (!(await onSend(now))) setText(now);
  };
  return (
    <section class="wait-lines card" aria-label={label}>
      {lines.length > 0 && (
        <ol ref={end} aria-live="polite">
          {lines.map((line) => (
            <li key={line.id} class={line.isMine ? "is-mine" : undefined}>
              {!line.isMine && <Avatar name={line.name} id={line.name} size={32} />}
              <div>
                <span class="small quiet">
                  {!line.isMine && <b>{line.name}</b>}{" "}
                  <time class="num" dateTime={line.at}>
                    {timeIn(zoneHere(), Date.parse(line.at))}
                  </time>
                </span>
                <p>{line.text}</p>
              </div>
            </li>
          ))}
        </ol>
      )}
      <form
        class="wait-write"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <input
          class="input"
          aria-label={label}
          placeholder={label}
          maxLength={500}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <IconButton type="submit" icon="send" label={t("wait-send")} />
      </form>
    </section>
  );
}
