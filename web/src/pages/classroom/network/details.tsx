/** A connection explained: one word, what was found, figures, what was reduced, what helps. */
import type { ComponentChildren } from "preact";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Flyout } from "../../../ui/flyout";
import { Icon } from "../../../ui/icon";
import type { Side } from "../../../ui/place";
import { NetworkDot } from "./dot";
import { type Standing, sentences } from "./findings";

export interface Details {
  standing: Standing;
  findings: readonly string[];
  facts: readonly { label: string; value: string }[];
  reduced: readonly string[];
  /** What is done about losses. */
  done: readonly string[];
  advice: readonly string[];
  /** What the person can do right here. */
  act?: { label: string; run(): void } | null;
}

interface FlyoutProps {
  id: string;
  title: string;
  /** On a phone it is a sheet; see style/room/network.css. */
  side: Side | "sheet";
  beside?: string;
  /** Asked for only while it is open. */
  details(): Details;
}

export function DetailsFlyout({ id, title, side, beside, details }: FlyoutProps) {
  return (
    <Flyout id={id} label={title} side={side} beside={beside} class="net-details">
      {(hide) => (
        <>
          <header>
            <h3>{title}</h3>
            <IconButton label={t("close")} icon="close" onClick={hide} />
          </header>
          <Body {...details()} />
        </>
      )}
    </Flyout>
  );
}

function Body({ standing, findings, facts, reduced, done, advice, act }: Details) {
  return (
    <>
      <p class="net-word">
        <NetworkDot standing={standing} />
        <b>{t(`net-quality-${standing}`)}</b>
      </p>
      {findings.length > 0 && <p>{sentences(findings)}</p>}
      {facts.length > 0 && (
        <dl>
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd class="num">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {reduced.length > 0 && (
        <Part title={t("net-reduced")}>
          {reduced.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </Part>
      )}
      {done.length > 0 && (
        <Part title={t("net-done")}>
          {done.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </Part>
      )}
      {advice.map((one) => (
        <p key={one} class="net-advice">
          <Icon name="info" />
          <span>{one}</span>
        </p>
      ))}
      {act && (
        <Button look="line" size="small" onClick={act.run}>
          {act.label}
        </Button>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="net-part">
      <h4>{title}</h4>
      <ul>{children}</ul>
    </div>
  );
}
