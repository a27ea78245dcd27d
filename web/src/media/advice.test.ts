import { describe, expect, it } from "vitest";
import golden from "../../../tests/corpus/advice.json";
import { CALM, readAdvice } from "./advice";

describe("the words the server is tested with too", () => {
  it.each(golden.words)("$word", ({ word, ...said }) => {
    expect(readAdvice(word)).toEqual({
      depth: said.depth,
      soundBufferMs: said.sound_buffer_ms,
      pictureBufferMs: said.picture_buffer_ms,
      down: said.down,
      up: said.up,
      opus: said.opus,
      cameraSmall: said.is_camera_small,
      cameraOff: said.is_camera_off,
    });
  });

  it.each(golden.no_words)("%i is none", (word) => {
    expect(readAdvice(word)).toBeNull();
  });
});

it("knows a word with any one bit of it turned for none, or for another one's", () => {
  const whole = readAdvice(2_830_335_966);
  for (let bit = 0; bit < 32; bit += 1) {
    expect(readAdvice((2_830_335_966 ^ (1 << bit)) >>> 0)).not.toEqual(whole);
  }
});

it("says nothing when all is well", () => {
  expect(readAdvice(2_684_354_593)).toEqual(CALM);
});
