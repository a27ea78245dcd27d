/** What a client left in their talks: files, recordings, and whether they agreed to be recorded. */
import { dayOf, listOf } from "../../text/dates";
import { sizeOf } from "../../text/figures";
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import {
  type HistoryConsent,
  type HistoryFile,
  type HistoryRecording,
  talkFileAddress,
} from "../../wire/clients";
import type { RecordedKind } from "../../wire/recordings";
import { lengthText } from "../lessons/figures";

const kindsOf = (kinds: readonly RecordedKind[]) =>
  listOf(kinds.map((kind) => t(`recording-kind-${kind}`)));

export function Files({ client, list }: { client: string; list: readonly HistoryFile[] }) {
  return (
    <section class="card card-pad stack" aria-label={t("client-files")}>
      <h2>{t("client-files")}</h2>
      {list.length === 0 && <p class="quiet">{t("client-files-none")}</p>}
      {list.length > 0 && (
        <ul class="rows">
          {list.map((one) => (
            <li key={one.id}>
              <span class="grow">
                <b>{one.name}</b>
                <span class="small quiet num">
                  {t("client-file-of", {
                    who: one.owner_name,
                    day: dayOf(one.talk_at),
                    size: sizeOf(one.bytes),
                  })}
                </span>
              </span>
              {one.is_given && <span class="pill pill-ok">{t("client-file-given")}</span>}
              <a
                class="btn btn-line"
                href={talkFileAddress(client, one.id)}
                download={one.name}
                aria-label={t("client-file-get", { name: one.name })}
              >
                <Icon name="download" />
                <span>{t("client-file-take")}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function Recordings({ list }: { list: readonly HistoryRecording[] }) {
  return (
    <section class="card card-pad stack" aria-label={t("client-recordings")}>
      <h2>{t("client-recordings")}</h2>
      {list.length === 0 && <p class="quiet">{t("client-recordings-none")}</p>}
      {list.length > 0 && (
        <ul class="rows">
          {list.map((one) => (
            <li key={one.id}>
              <span class="grow">
                <b>{one.title || one.room_title}</b>
                <span class="small quiet num">
                  {t("client-recording-of", {
                    day: dayOf(one.began_at),
                    length: lengthText(one.duration_ms),
                    kinds: kindsOf(one.kinds),
                  })}
                </span>
              </span>
              <Watch one={one} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Watch({ one }: { one: HistoryRecording }) {
  if (!one.may_watch) return <span class="small quiet">{t("client-recording-not-yours")}</span>;
  if (one.state !== "ready") return <span class="pill">{t("client-recording-not-ready")}</span>;
  const title = one.title || one.room_title;
  return (
    <a
      class="btn btn-line"
      href={`/recordings/${one.id}`}
      aria-label={t("client-recording-watch-name", { title })}
    >
      <Icon name="play" />
      <span>{t("client-recording-watch")}</span>
    </a>
  );
}

interface ConsentProps {
  list: readonly HistoryConsent[];
  recordings: readonly HistoryRecording[];
}

export function Consents({ list, recordings }: ConsentProps) {
  const titles = new Map(recordings.map((one) => [one.id, one.title || one.room_title]));
  return (
    <section class="card card-pad stack" aria-label={t("client-consents")}>
      <h2>{t("client-consents")}</h2>
      {list.length === 0 && <p class="quiet">{t("client-consents-none")}</p>}
      {list.length > 0 && (
        <ul class="client-signed">
          {list.map((one) => (
            <li key={`${one.recording_id} ${one.answer} ${one.at}`}>
              <Icon name={one.answer === "yes" || one.answer === "always" ? "check" : "close"} />
              <span>
                {t(`client-consent-${one.answer}`, { kinds: kindsOf(one.kinds) })}
                <span class="small quiet num client-line">
                  {[titles.get(one.recording_id), dayOf(one.at)].filter(Boolean).join(" · ")}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
