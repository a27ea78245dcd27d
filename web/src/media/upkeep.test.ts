import type { types } from "mediasoup-client";
import { expect, it } from "vitest";
import { Upkeep } from "./upkeep";

type Encoding = { active: boolean; maxBitrate?: number };

/** A producer whose sender keeps what was set last. */
function producerOf(encodings: Encoding[]) {
  let set = encodings;
  let refusing = false;
  let count = 0;
  const producer = {
    id: "p",
    closed: false,
    rtpParameters: { encodings },
    rtpSender: {
      getParameters: () => ({ encodings: set.map((one) => ({ ...one })) }),
      setParameters: async (wanted: { encodings: Encoding[] }) => {
        count += 1;
        if (refusing) throw new Error("InvalidStateError");
        set = wanted.encodings;
      },
    },
  };
  return {
    producer: producer as unknown as types.Producer,
    set: () => set,
    count: () => count,
    refuse: (yes: boolean) => {
      refusing = yes;
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

it("makes sound smaller, once, and leaves it to the browser again", () => {
  const upkeep = new Upkeep();
  const one = producerOf([{ active: true }]);
  upkeep.sound(one.producer, 0);
  expect(one.count()).toBe(0);
  upkeep.sound(one.producer, 3);
  upkeep.sound(one.producer, 3);
  expect(one.set()).toEqual([{ active: true, maxBitrate: 12_000 }]);
  expect(one.count()).toBe(1);
  upkeep.sound(one.producer, 0);
  expect(one.set()).toEqual([{ active: true }]);
});

it("sends the smallest picture alone, and all of them again", () => {
  const upkeep = new Upkeep();
  const one = producerOf([150, 500, 1_500].map((maxBitrate) => ({ active: true, maxBitrate })));
  upkeep.camera(one.producer, "small");
  expect(one.set().map((each) => each.active)).toEqual([true, false, false]);
  // Off is the producer's pause; what is sent if the person insists is small.
  upkeep.camera(one.producer, "off");
  expect(one.count()).toBe(1);
  upkeep.camera(one.producer, "all");
  expect(one.set().map((each) => each.active)).toEqual([true, true, true]);
});

it("lowers the rate of a camera that has one size", () => {
  const upkeep = new Upkeep();
  const one = producerOf([{ active: true, maxBitrate: 500_000 }]);
  upkeep.camera(one.producer, "small");
  expect(one.set()).toEqual([{ active: true, maxBitrate: 150_000, maxFramerate: 15 }]);
  upkeep.camera(one.producer, "small", true);
  expect(one.set()).toEqual([{ active: true, maxBitrate: 60_000, maxFramerate: 8 }]);
  upkeep.camera(one.producer, "all");
  expect(one.set()).toEqual([{ active: true, maxBitrate: 500_000 }]);
});

it("tries again what the browser refused, and asks nothing of what is not there", async () => {
  const upkeep = new Upkeep();
  upkeep.sound(null, 3);
  const one = producerOf([{ active: true }]);
  one.refuse(true);
  upkeep.sound(one.producer, 2);
  await settled();
  one.refuse(false);
  upkeep.sound(one.producer, 2);
  expect(one.set()).toEqual([{ active: true, maxBitrate: 16_000 }]);
});
