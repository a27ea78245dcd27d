/** One client: who they are, talks, notes, what they signed, letters and money. */
import { useEffect, useState } from "preact/hooks";
import { placeOfZone } from "../../booking/zones";
import { dayOf, timeIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button, ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Empty } from "../../ui/mark";
import {
  type ClientHistory,
  type ClientPage,
  type ClientSignature,
  exportAddress,
  readClient,
  readHistory,
} from "../../wire/clients";
import type { Problem } from "../../wire/http";
import type { Organisation } from "../../wire/organisations";
import { DeskFrame } from "../desk/frame";
import { wordOf } from "../desk/organisation";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { navigate } from "../router";
import { ChangeClient, EraseClient, HandOver } from "./dialogs";
import { Consents, Files, Recordings } from "./history";
import { MergeClient } from "./merge";
import { Notes } from "./notes";
import { Payments } from "./payments";
import { Talks } from "./talks";

type Asking = "change" | "hand" | "merge" | "erase" | null;
const GONE = ["client.unknown", "client.erased"];

export function OneClient({ org, id }: { org: Organisation; id: string }) {
  const [client, setClient] = useState<ClientPage | null>(null);
  const [history, setHistory] = useState<ClientHistory | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  /** How often somebody was merged with them: then everything is read anew. */
  const [merges, setMerges] = useState(0);
  const load = async () => {
    const result = await readClient(id);
    setFault(result.ok ? null : result.error);
    if (!result.ok) return;
    // Whoever was merged with another is that one now.
    if (result.value.id !== id) return navigate(`/clients/${result.value.id}`, { replace: true });
    setClient(result.value);
    const left = await readHistory(id);
    setFault(left.ok ? null : left.error);
    if (left.ok) setHistory(left.value);
  };
  useEffect(() => void load(), [id]);
  const close = () => setAsking(null);
  const merged = (now: ClientPage) => {
    setClient(now);
    setMerges(merges + 1);
    void load();
  };
  const title = client?.name ?? wordOf(org, "client", true);
  const back = (
    <ButtonLink look="line" icon="left" href="/clients">
      {wordOf(org, "clients", true)}
    </ButtonLink>
  );
  return (
    <DeskFrame at="clients" title={title} actions={back}>
      {fault && GONE.includes(fault.code) && (
        <div class="card">
          <Empty title={t("client-gone")} text={refusalText(fault.code)} />
        </div>
      )}
      {fault && !GONE.includes(fault.code) && (
        <LoadFault problem={fault} onAgain={() => void load()} />
      )}
      {client === null && !fault && <Loading />}
      {client && (
        <div class="client">
          <div class="client-side stack">
            <Person client={client} onAsk={setAsking} />
            <Signed list={client.signatures} />
          </div>
          <div class="stack">
            {client.may.includes("notes.write") && (
              <Notes key={merges} client={client.id} mayWrite />
            )}
            <section class="card card-pad stack" aria-label={wordOf(org, "talks", true)}>
              <h2>{wordOf(org, "talks", true)}</h2>
              <Talks talks={client.talks} zone={client.zone} />
            </section>
            {history && client.may.includes("files.read") && (
              <>
                <Files client={id} list={history.files} />
                <Recordings list={history.recordings} />
              </>
            )}
            {history && <Consents list={history.consents} recordings={history.recordings} />}
            {client.may.includes("money.see") && <Payments key={merges} org={org} client={id} />}
          </div>
        </div>
      )}
      {client && asking === "change" && (
        <ChangeClient client={client} onClose={close} onDone={setClient} />
      )}
      {client && asking === "erase" && <EraseClient client={client} onClose={close} />}
      {client && asking === "hand" && (
        <HandOver org={org} client={client} onClose={close} onDone={setClient} />
      )}
      {client && asking === "merge" && (
        <MergeClient org={org} client={client} onClose={close} onDone={merged} />
      )}
    </DeskFrame>
  );
}

interface PersonProps {
  client: ClientPage;
  onAsk(what: Asking): void;
}

function Person({ client, onAsk }: PersonProps) {
  const may = (deed: ClientPage["may"][number]) => client.may.includes(deed);
  const there = t("client-there", {
    city: placeOfZone(client.zone, language.value),
    time: timeIn(client.zone, Date.parse(client.now)),
  });
  return (
    <section class="card card-pad stack" aria-label={client.name}>
      <div class="row">
        <Avatar name={client.name} id={client.id} size={48} />
        <div class="grow">
          <b>{client.name}</b>
          <span class="small quiet num client-line">{there}</span>
        </div>
      </div>
      <dl class="client-facts">
        {client.email && (
          <div>
            <dt>{t("client-email")}</dt>
            <dd>
              <a href={`mailto:${client.email}`}>{client.email}</a>
            </dd>
          </div>
        )}
        {client.phone && (
          <div>
            <dt>{t("client-phone")}</dt>
            <dd class="num">{client.phone}</dd>
          </div>
        )}
        <div>
          <dt>{t("client-language")}</dt>
          <dd>{t(`org-locale-${client.locale === "zh-CN" ? "zh-CN" : "en"}`)}</dd>
        </div>
        <div>
          <dt>{t("client-since")}</dt>
          <dd class="num">{dayOf(client.created_at)}</dd>
        </div>
        <div>
          <dt>{t("client-with")}</dt>
          <dd>{client.hosts.map((host) => host.name).join(", ")}</dd>
        </div>
      </dl>
      {!client.wants_reminders && <p class="small quiet">{t("client-no-reminders")}</p>}
      <div class="row row-wrap">
        {may("client.change") && (
          <Button look="line" icon="pen" onClick={() => onAsk("change")}>
            {t("client-change")}
          </Button>
        )}
        {may("letters.read") && (
          <ButtonLink look="line" icon="mail" href={`/letters/${client.id}`}>
            {t("desk-letters")}
          </ButtonLink>
        )}
        {may("client.hand_over") && (
          <Button look="line" icon="enter" onClick={() => onAsk("hand")}>
            {t("client-hand-over")}
          </Button>
        )}
        {may("client.merge") && (
          <Button look="line" icon="people" onClick={() => onAsk("merge")}>
            {t("client-merge")}
          </Button>
        )}
        {may("client.export") && (
          <a class="btn btn-line" href={exportAddress(client.id)} download="client.zip">
            <Icon name="download" />
            <span>{t("client-export")}</span>
          </a>
        )}
        {may("client.erase") && (
          <Button look="quiet" icon="trash" onClick={() => onAsk("erase")}>
            {t("client-erase")}
          </Button>
        )}
      </div>
    </section>
  );
}

function Signed({ list }: { list: readonly ClientSignature[] }) {
  if (list.length === 0) return null;
  const own = language.value === "zh-CN" ? "zh-CN" : "en";
  return (
    <section class="card card-pad stack" aria-label={t("client-signed")}>
      <h2>{t("client-signed")}</h2>
      <ul class="client-signed">
        {list.map((one) => (
          <li key={one.number}>
            <Icon name={one.is_withdrawal ? "close" : "check"} />
            <span>
              <b>{one.title[own] ?? Object.values(one.title)[0]}</b>
              <span class="small quiet num client-line">
                {t(one.is_withdrawal ? "client-withdrawn" : "client-signed-on", {
                  version: one.version,
                  day: dayOf(one.at),
                  name: one.name,
                })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
