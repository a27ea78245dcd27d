import { afterAll, beforeEach, expect, it, vi } from "vitest";

interface Said {
  text: string;
  lang: string;
  onend?: () => void;
}

const said: Said[] = [];
let cancels = 0;
let voices: object[] = [];
let changed: () => void = () => undefined;

vi.stubGlobal(
  "SpeechSynthesisUtterance",
  class {
    lang = "";
    constructor(readonly text: string) {}
  },
);
vi.stubGlobal("speechSynthesis", {
  getVoices: () => voices,
  speak: (one: Said) => void said.push(one),
  cancel: () => {
    cancels += 1;
  },
  addEventListener: (_name: string, listener: () => void) => {
    changed = listener;
  },
});

afterAll(() => vi.unstubAllGlobals());
beforeEach(() => {
  said.length = 0;
  cancels = 0;
  voices = [];
  vi.resetModules();
});

it("is offered once the browser has a voice", async () => {
  const { hasVoice } = await import("./aloud");
  expect(hasVoice.value).toBe(false);
  voices = [{}];
  changed();
  expect(hasVoice.value).toBe(true);
});

it("reads all pieces in the language of the text, and is done with the last", async () => {
  const { isReading, readAloud } = await import("./aloud");
  readAloud("圆的切线。只有一个公共点。");
  expect(said.map((one) => [one.text, one.lang])).toEqual([
    ["圆的切线。", "zh-CN"],
    ["只有一个公共点。", "zh-CN"],
  ]);
  said[0]?.onend?.();
  expect(isReading.value).toBe(true);
  said[1]?.onend?.();
  expect(isReading.value).toBe(false);
});

it("stops at once, and what ends late ends nothing of the next text", async () => {
  const { isReading, readAloud, stopReading } = await import("./aloud");
  readAloud("One.");
  stopReading();
  expect([isReading.value, cancels]).toEqual([false, 2]);
  readAloud("Two.");
  said[0]?.onend?.();
  expect(isReading.value).toBe(true);
  readAloud("  ");
  expect(isReading.value).toBe(false);
});
