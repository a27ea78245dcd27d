/** The teacher's view of the network: a sign for each person that explains itself, and a count. */
import { useEffect } from "preact/hooks";
import { isSending, participantOf } from "../../../room/state";
import { millisecondsOf, percentOf, rateOf } from "../../../text/figures";
import { t } from "../../../text/text";
import type { Participant, PersonNetwork, Quality } from "../../../wire/messages";
import type { Desk } from "../desk";
import { type Details, DetailsFlyout } from "./details";
import { NetworkDot } from "./dot";
import { adviceFor, findingsOf, reducedOf, type Standing } from "./findings";
import { doneFor } from "./remedies";

export function mayWatch(desk: Desk): boolean {
  return desk.room.value.rights.may_watch_network;
}

/** Watches as long as the component that uses it is on the screen. */
export function useNetworkWatch(desk: Desk): void {
  const may = mayWatch(desk);
  useEffect(() => (may ? desk.session.network.watch() : undefined), [desk, may]);
}

export function standingOf(desk: Desk, person: Participant): Standing {
  if (person.connection === "away") return "away";
  return desk.session.network.people.value?.get(person.id)?.quality ?? "unknown";
}

const COUNTED: readonly Quality[] = ["good", "weak", "poor", "unknown"];

/** "18 good, 2 weak": whether there is anything to look for in the list. */
export function NetworkSummary({ desk }: { desk: Desk }) {
  if (!mayWatch(desk)) return null;
  const known = desk.session.network.people.value !== null;
  const standings = desk.faces.value.map((person) => standingOf(desk, person));
  return (
    <p class="net-summary" role="status">
      <span class="vh">{t("net-summary")}</span>
      {!known && <span class="faint">{t("net-summary-wait")}</span>}
      {known &&
        COUNTED.map((quality) => {
          const count = standings.filter((one) => one === quality).length;
          if (count === 0) return null;
          return (
            <span key={quality} class="num">
              <NetworkDot standing={quality} />
              {t(`net-summary-${quality}`, { count })}
            </span>
          );
        })}
    </p>
  );
}

const SIDES = { wide: "left", tablet: "below", phone: "sheet" } as const;

export function NetworkOf({ desk, person }: { desk: Desk; person: Participant }) {
  if (!mayWatch(desk)) return null;
  const id = `net-${person.id}`;
  const standing = standingOf(desk, person);
  const { name } = person;
  return (
    <>
      <button
        type="button"
        class="icon-btn net-of"
        popovertarget={id}
        aria-haspopup="dialog"
        aria-label={t("net-details-of", { name, word: t(`net-is-${standing}`) })}
        data-tip={t(`net-quality-${standing}`)}
      >
        <NetworkDot standing={standing} />
      </button>
      <DetailsFlyout
        id={id}
        title={t("net-of", { name })}
        side={SIDES[desk.form.value]}
        // Beside the list, so that the others in it stay in view.
        beside={desk.form.value === "wide" ? ".person" : undefined}
        details={() => detailsOf(desk, person)}
      />
    </>
  );
}

function detailsOf(desk: Desk, person: Participant): Details {
  const standing = standingOf(desk, person);
  const network = desk.session.network.people.value?.get(person.id);
  if (standing === "away" || !network) {
    const key = standing === "away" ? "away" : "unknown";
    return {
      standing,
      findings: [t(`net-finds-${key}`)],
      facts: [],
      reduced: [],
      done: [],
      advice: [],
    };
  }
  const nameOf = (id: string) => participantOf(desk.room.value, id)?.name ?? null;
  return {
    standing,
    findings: findingsOf(network),
    facts: network.quality === "unknown" ? [] : factsOf(network),
    reduced: reducedOf(network.reductions, nameOf),
    done: doneFor(network.measures),
    advice: adviceFor(network, isSending(person.media, "camera")),
  };
}

function factsOf(network: PersonNetwork): Details["facts"] {
  const say = (value: number | null, words: (value: number) => string) =>
    value === null ? t("net-none") : words(value);
  const { protocol } = network;
  return [
    { label: t("net-fact-trip"), value: say(network.round_trip_ms, millisecondsOf) },
    { label: t("net-fact-lost-there"), value: say(network.loss_down, percentOf) },
    { label: t("net-fact-lost-here"), value: say(network.loss_up, percentOf) },
    { label: t("net-fact-room"), value: say(network.downlink_bps, rateOf) },
    { label: t("net-fact-sends"), value: say(network.uplink_bps, rateOf) },
    {
      label: t("net-fact-way"),
      value: protocol ? t(`net-fact-way-${protocol}`) : t("net-none"),
    },
  ];
}
