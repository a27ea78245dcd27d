import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { failure, type Result, success } from "../result";
import type { PersonNetwork, Refusal } from "../wire/messages";
import type { Wire } from "../wire/socket";
import { NetworkWatch } from "./network_watch";

function setUp(...answers: Result<unknown, Refusal>[]) {
  const asked: boolean[] = [];
  let tell: (notice: { people: PersonNetwork[] }) => void = () => undefined;
  const wire = {
    on: (_name: string, listener: typeof tell) => {
      tell = listener;
    },
    request: async (_name: string, { on }: { on: boolean }) => {
      asked.push(on);
      return answers.shift() ?? success({});
    },
  };
  const network = new NetworkWatch(wire as unknown as Wire);
  return { network, asked, report: (...ids: string[]) => tell({ people: ids.map(person) }) };
}

function person(participant_id: string): PersonNetwork {
  return {
    participant_id,
    quality: "good",
    round_trip_ms: 38,
    loss_down: 0,
    loss_up: 0,
    downlink_bps: 2_000_000,
    uplink_bps: 600_000,
    protocol: "udp",
    reductions: [],
    down: "calm",
    up: "calm",
    measures: [],
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("watches only while somebody looks", () => {
  const { network, asked, report } = setUp();
  report("lin");
  expect(network.people.value).toBeNull();
  const first = network.watch();
  const second = network.watch();
  report("lin");
  expect([...(network.people.value?.keys() ?? [])]).toEqual(["lin"]);
  first();
  first();
  expect(asked).toEqual([true]);
  second();
  expect(asked).toEqual([true, false]);
  expect(network.people.value).toBeNull();
  report("lin");
  expect(network.people.value).toBeNull();
});

it("asks again after an absence, and takes old figures for no figures", () => {
  const { network, asked, report } = setUp();
  network.resume();
  expect(asked).toEqual([]);
  network.watch();
  report("lin");
  network.resume();
  expect(asked).toEqual([true, true]);
  expect(network.people.value).toBeNull();
});

it("tries again when the server has too much to do, but not when it refuses", async () => {
  const busy = failure({ code: "rate.limited", params: { retry_ms: 300 } });
  const { network, asked } = setUp(busy, failure({ code: "right.missing", params: {} }));
  network.watch();
  await vi.advanceTimersByTimeAsync(310);
  expect(asked).toEqual([true, true]);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(asked).toHaveLength(2);
});

it("does not try again for somebody who has stopped looking", async () => {
  const busy = failure({ code: "rate.limited", params: {} });
  const { network, asked } = setUp(busy);
  const end = network.watch();
  await vi.advanceTimersByTimeAsync(10);
  end();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(asked).toEqual([true, false]);
});
