import type { types } from "mediasoup-client";
import { expect, it, vi } from "vitest";
import { success } from "../result";
import type { Request } from "../wire/socket";
import { Advised } from "./advised";
import type { Consumers } from "./consumers";
import { Producers } from "./producers";
import type { SoundPacker } from "./redundancy/sender";

/** Of tests/corpus/advice.json: 17 earlier frames. */
const SEVERE = 2_830_335_966;

/** The packer of the page, until a test says that its worker ended. */
const page: { packer: SoundPacker | null } = { packer: null };

vi.mock("./redundancy/sender", () => ({
  CALM_DEPTH: 1,
  isProven: () => true,
  soundPacker: async () => page.packer,
}));

function newPacker(): { packer: SoundPacker; end(): void } {
  let ended = () => {};
  const gone = new Promise<void>((done) => {
    ended = done;
  });
  const packer = { attach: vi.fn(), setDepth: vi.fn(), gone };
  const end = () => {
    page.packer = null;
    ended();
  };
  return { packer, end };
}

interface Made {
  id: string;
  track: MediaStreamTrack | null;
  closed: boolean;
  appData: { redundancy: string | null; paused: boolean };
}

function newTransport() {
  const made: Made[] = [];
  const produce = vi.fn(
    async ({ track, appData }: { track: MediaStreamTrack; appData: unknown }) => {
      const producer = {
        id: `mic-${made.length + 1}`,
        track: track as MediaStreamTrack | null,
        closed: false,
        appData: appData as Made["appData"],
        replaceTrack: async (ask: { track: MediaStreamTrack | null }) => {
          producer.track = ask.track;
        },
        close: () => {
          producer.closed = true;
        },
      };
      made.push(producer);
      return producer;
    },
  );
  return { made, transport: { closed: false, produce } as unknown as types.Transport };
}

function newTrack(): MediaStreamTrack {
  return {
    kind: "audio",
    readyState: "live",
    enabled: true,
    getSettings: () => ({}),
  } as unknown as MediaStreamTrack;
}

function newProducers() {
  const asked: [string, unknown][] = [];
  const request = vi.fn(async (name: string, message: unknown) => {
    asked.push([name, message]);
    return success({});
  });
  return { asked, producers: new Producers(request as unknown as Request) };
}

it("publishes the voice anew and plain when the worker that packs it ended", async () => {
  const { packer, end } = newPacker();
  page.packer = packer;
  const { made, transport } = newTransport();
  const { asked, producers } = newProducers();
  producers.use(transport);
  const track = newTrack();
  await producers.want("microphone", { track, live: true, mode: "text" });
  expect(made.map((one) => one.appData.redundancy)).toEqual(["red"]);

  end();
  await vi.waitFor(() => expect(made).toHaveLength(2));
  expect(made.map((one) => one.closed)).toEqual([true, false]);
  expect(made[1]?.appData).toMatchObject({ redundancy: null, paused: false });
  expect(made[1]?.track).toBe(track);
  expect(asked).toContainEqual(["media.close_producer", { producer_id: "mic-1" }]);
});

it("does so for what was published along with the join, and leaves a muted voice muted", async () => {
  const { packer, end } = newPacker();
  page.packer = packer;
  const { made, transport } = newTransport();
  const { producers } = newProducers();
  const track = newTrack();
  const ask = { track, appData: { redundancy: "red" } } as unknown as types.ProducerOptions;
  const producer = await transport.produce(ask);
  producers.use(transport);
  producers.adopt("microphone", producer, transport, false);
  await producers.want("microphone", { track, live: false, mode: "text" });
  end();
  await vi.waitFor(() => expect(made).toHaveLength(2));
  expect(made[0]?.closed).toBe(true);
  expect(made[1]?.appData).toMatchObject({ redundancy: null, paused: true });
  await vi.waitFor(() => expect(made[1]?.track).toBeNull());
});

it("leaves alone what never was packed", async () => {
  const { packer, end } = newPacker();
  page.packer = packer;
  const { made, transport } = newTransport();
  const { producers } = newProducers();
  producers.use(transport);
  await producers.want("screen_audio", { track: newTrack(), live: true, mode: "text" });
  end();
  await producers.want("screen_audio", { track: newTrack(), live: true, mode: "text" });
  expect(made).toHaveLength(1);
});

it("goes into the next class with as much of its past as a calm network takes", async () => {
  const { packer } = newPacker();
  page.packer = packer;
  const { producers } = newProducers();
  const consumers = { remote: { value: [] } } as unknown as Consumers;
  const advised = new Advised(consumers, producers);
  advised.hear(SEVERE);
  await vi.waitFor(() => expect(packer.setDepth).toHaveBeenLastCalledWith(17));
  advised.close();
  await vi.waitFor(() => expect(packer.setDepth).toHaveBeenLastCalledWith(1));
});
