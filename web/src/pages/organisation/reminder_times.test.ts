import { expect, test } from "vitest";
import { another, distanceText } from "./reminder_times";

test("a distance is said in the largest unit that fits", () => {
  const said = [15, 60, 90, 120, 1440, 2880, 10080].map(distanceText);
  expect(said).toEqual([
    "15 minutes before",
    "1 hour before",
    "90 minutes before",
    "2 hours before",
    "1 day before",
    "2 days before",
    "7 days before",
  ]);
});

test("another reminder is one that is not there yet", () => {
  const mail = (minutes: number) => ({ minutes, channel: "mail" as const });
  expect(another([])).toEqual(mail(1440));
  expect(another([mail(1440)])).toEqual(mail(60));
  expect(another([mail(1440), mail(60)])).toEqual(mail(15));
});
