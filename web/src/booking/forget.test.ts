import { expect, test } from "vitest";
import { emptyStorage } from "./forget";

function storageOf(values: Record<string, string>): Storage {
  const map = new Map(Object.entries(values));
  return {
    get length() {
      return map.size;
    },
    key: (at: number) => [...map.keys()][at] ?? null,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
    clear: () => map.clear(),
  };
}

test("all that was kept goes, but how the page looks and speaks", () => {
  const storage = storageOf({
    "classroom.name": "Ana",
    "classroom.ticket.b1": "k.b1.x",
    "classroom.theme": "dark",
    "classroom.language": "zh-CN",
  });
  emptyStorage(storage);
  expect(storage.getItem("classroom.theme")).toBe("dark");
  expect(storage.getItem("classroom.language")).toBe("zh-CN");
  expect(storage.length).toBe(2);
});

test("a browser that keeps nothing is fine", () => {
  emptyStorage(undefined);
});
