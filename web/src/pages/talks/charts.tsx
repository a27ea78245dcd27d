/** The pictures of the figures. Every number in them stands in the table too, so they are not read. */
import { moneyText } from "../../booking/money";
import { dayText } from "../../text/dates";
import { language, t } from "../../text/text";
import type { Figures, FiguresReport } from "../../wire/money";
import { nameOf } from "./figures";

const WIDTH = 1000;
const HEIGHT = 120;
const PARTS = ["held", "missed", "cancelled"] as const;

/** A bar for each row, as long as it has appointments. */
export function Bars({ rows }: { rows: readonly Figures[] }) {
  const sum = (row: Figures) => row.held + row.missed + row.cancelled;
  const most = Math.max(1, ...rows.map(sum));
  return (
    <>
      <ol class="talks-bars">
        {rows.map((row) => (
          <li key={row.key}>
            <div class="question-head">
              <span class="ell">{nameOf(row)}</span>
              <b class="num">{row.held}</b>
            </div>
            <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-ground" width={WIDTH} height={10} />
              {PARTS.map((part, index) => {
                const before = PARTS.slice(0, index).reduce((x, one) => x + row[one], 0);
                return (
                  <rect
                    key={part}
                    class={`talks-${part}`}
                    x={(before / most) * WIDTH}
                    width={(row[part] / most) * WIDTH}
                    height={10}
                  />
                );
              })}
            </svg>
          </li>
        ))}
      </ol>
      <p class="talks-legend small quiet">
        <span style="--mark: var(--accent)">{t("talks-held")}</span>
        <span style="--mark: var(--danger)">{t("talks-missed")}</span>
        <span style="--mark: var(--line-strong)">{t("talks-cancelled")}</span>
      </p>
    </>
  );
}

/** What came on each day, a picture for each currency; what went back hangs below the line. */
export function Days({ report }: { report: FiguresReport }) {
  const currencies = [...new Set(report.days.map(({ currency }) => currency))];
  return (
    <section class="card card-pad stack talks-days" aria-label={t("talks-days")}>
      <h2>{t("talks-days")}</h2>
      {currencies.map((currency) => (
        <Flow key={currency} report={report} currency={currency} />
      ))}
    </section>
  );
}

function Flow({ report, currency }: { report: FiguresReport; currency: string }) {
  const days = report.days.filter((one) => one.currency === currency);
  const first = Date.parse(report.from_day);
  const count = Math.round((Date.parse(report.to_day) - first) / 86_400_000) + 1;
  const top = Math.max(0, ...days.map(({ amount }) => amount));
  const low = Math.min(0, ...days.map(({ amount }) => amount));
  const scale = HEIGHT / Math.max(1, top - low);
  const total = report.total.money.find((one) => one.currency === currency)?.amount ?? 0;
  return (
    <figure>
      <figcaption class="row num">
        <span class="grow small quiet">
          {dayText(report.from_day, "short")} – {dayText(report.to_day, "short")}
        </span>
        <b>{moneyText(total, currency, language.value)}</b>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-ground" y={top * scale - 0.5} width={WIDTH} height={1} />
        {days.map(({ day, amount }) => {
          const index = Math.round((Date.parse(day) - first) / 86_400_000);
          return (
            <rect
              key={day}
              class={amount < 0 ? "talks-missed" : "talks-held"}
              x={(index / count) * WIDTH + 1}
              y={(amount < 0 ? top : top - amount) * scale}
              width={Math.max(3, WIDTH / count - 2)}
              height={Math.abs(amount) * scale}
            />
          );
        })}
      </svg>
    </figure>
  );
}
