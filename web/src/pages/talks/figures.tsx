/** The figures as words and as a table. */
import { moneyText } from "../../booking/money";
import { monthText } from "../../text/dates";
import { language, t } from "../../text/text";
import type { Figures, FiguresReport } from "../../wire/money";

const MONTH = /^\d{4}-\d\d$/;

/** A person, an offer, or a month in words; what was removed meanwhile has no name. */
export function nameOf(row: Figures): string {
  if (row.name) return row.name;
  return MONTH.test(row.key) ? monthText(`${row.key}-01`) : t("talks-nameless");
}

const hoursText = (minutes: number) => {
  const hours = new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 });
  return t("talks-hours", { hours: hours.format(minutes / 60) });
};

function moneyOf(row: Figures): string {
  const sums = row.money.filter(({ amount }) => amount !== 0);
  if (sums.length === 0) return "–";
  return sums.map((one) => moneyText(one.amount, one.currency, language.value)).join(" + ");
}

const shareOf = (percent: number | null) =>
  percent === null ? "–" : t("talks-percent", { percent });
const starsOf = (row: Figures) =>
  row.stars === null ? "–" : t("talks-stars", { stars: row.stars, count: row.ratings });

export function Facts({ total }: { total: Figures }) {
  const facts: [string, string][] = [
    [t("talks-held"), String(total.held)],
    [t("talks-missed"), String(total.missed)],
    [t("talks-cancelled"), String(total.cancelled)],
    [t("talks-hours-held"), hoursText(total.minutes)],
    [t("talks-occupancy"), shareOf(total.occupancy)],
    [t("talks-money"), moneyOf(total)],
    [t("talks-rating"), starsOf(total)],
  ];
  return (
    <dl class="talks-facts">
      {facts.map(([name, value]) => (
        <div class="card" key={name}>
          <dt class="small quiet">{name}</dt>
          <dd class="num">
            <b>{value}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function Table({ report }: { report: FiguresReport }) {
  const heads = [
    "held",
    "missed",
    "cancelled",
    "coming",
    "hours-held",
    "occupancy",
    "money",
    "rating",
  ] as const;
  const cells = (row: Figures) => [
    row.held,
    row.missed,
    row.cancelled,
    row.coming,
    hoursText(row.minutes),
    shareOf(row.occupancy),
    moneyOf(row),
    starsOf(row),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll what does not fit.
    <section class="talks-table" tabIndex={0} aria-label={t("talks-table")}>
      <table class="num">
        <thead>
          <tr>
            <th scope="col">{t("talks-name")}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`talks-${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{nameOf(row)}</th>
              {cells(row).map((cell, index) => (
                <td key={heads[index]}>{cell}</td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t("talks-total")}</th>
            {cells(report.total).map((cell, index) => (
              <td key={heads[index]}>{cell}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}
