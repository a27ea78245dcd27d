/** The list of clients with its search; what notes say is searched for those who write some. */
import { useEffect, useRef, useState } from "preact/hooks";
import { zoneHere } from "../../booking/zone";
import { dayIn, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Empty } from "../../ui/mark";
import { type ClientListed, type Note, searchClients, searchNotes } from "../../wire/clients";
import type { Problem } from "../../wire/http";
import type { Organisation } from "../../wire/organisations";
import { wordOf } from "../desk/organisation";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";

const TYPED_MS = 250;

export function ClientList({ org }: { org: Organisation }) {
  const [text, setText] = useState("");
  const [list, setList] = useState<readonly ClientListed[] | null>(null);
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const [more, setMore] = useState(false);
  const [fault, setFault] = useState<Problem | null>(null);
  const asked = useRef(0);
  const load = async (known: readonly ClientListed[] = []) => {
    asked.current += 1;
    const mine = asked.current;
    const result = await searchClients(org.id, text, known.at(-1)?.id);
    // An answer to letters that were typed before is none.
    if (mine !== asked.current) return;
    setFault(result.ok ? null : result.error);
    if (!result.ok) return;
    setList([...known, ...result.value.clients]);
    setMore(result.value.has_more);
    const said = text.trim().length > 2 && org.role !== "reception";
    const found = said ? await searchNotes(org.id, text.trim()) : null;
    if (mine === asked.current) setNotes(found?.ok ? found.value : []);
  };
  useEffect(() => {
    const timer = setTimeout(() => void load(), text ? TYPED_MS : 0);
    return () => clearTimeout(timer);
  }, [text, org.id]);
  return (
    <section class="stack" aria-label={wordOf(org, "clients", true)}>
      <label class="client-search">
        <span class="vh">{t("clients-search")}</span>
        <Icon name="search" />
        <input
          type="search"
          class="input"
          placeholder={t("clients-search")}
          value={text}
          maxLength={120}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {fault && <LoadFault problem={fault} onAgain={() => void load()} />}
      {list === null && !fault && <Loading />}
      {list?.length === 0 && (
        <div class="card">
          {text ? (
            <Empty title={t("clients-none-found")} text={t("clients-none-found-note")} />
          ) : (
            <Empty title={t("clients-empty")} text={t("clients-empty-note")} />
          )}
        </div>
      )}
      {list && list.length > 0 && (
        <ul class="card rows">
          {list.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
      )}
      {more && (
        <div>
          <Button look="line" onClick={() => void load(list ?? [])}>
            {t("report-list-more")}
          </Button>
        </div>
      )}
      {notes.length > 0 && (
        <>
          <h2>{t("clients-in-notes")}</h2>
          <ul class="card rows">
            {notes.map((one) => (
              <li key={one.id}>
                <a class="grow client-name" href={`/clients/${one.client_id}`}>
                  <span>{one.body.slice(0, 200)}</span>
                  <span class="small quiet">{one.name}</span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Row({ one }: { one: ClientListed }) {
  const zone = zoneHere();
  const day = (iso: string) =>
    `${dayIn(zone, Date.parse(iso), "short")}, ${timeIn(zone, Date.parse(iso))}`;
  return (
    <li>
      <Avatar name={one.name} id={one.id} />
      <a class="grow client-name" href={`/clients/${one.id}`}>
        <b>{one.name}</b>
        <span class="small quiet">{[one.email, one.phone].filter(Boolean).join(" · ")}</span>
      </a>
      <span class="small quiet num client-when">
        {one.next_at
          ? t("clients-next", { when: day(one.next_at) })
          : one.last_at
            ? t("clients-last", { when: day(one.last_at) })
            : t("clients-no-talk")}
      </span>
      <span class="pill num">{t("clients-talks", { count: one.talks })}</span>
    </li>
  );
}
