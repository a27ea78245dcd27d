import { defineConfig } from "vitest/config";

// The pages are served by the Python server; `vite` alone proxies to one that runs already.
const server = "http://127.0.0.1:8080";

/** Tests that put something in the place of a module or load one anew, which the others would meet. */
const mocking = [
  "media/ahead",
  "media/call",
  "media/packed_voice",
  "media/redundancy/sender",
  "pages/ahead",
  "pages/account",
  "pages/classroom/decks/aloud",
  "pages/classroom/decks/slide_clock",
  "pages/classroom/ink/rights",
  "room/files_room",
  "room/session",
  "room/session_ahead",
].map((name) => `src/${name}.test.ts`);

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../classroom/static",
    emptyOutDir: true,
    target: "es2022",
    // The policy allows files of our own only, so nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "book.html"] },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": server,
      "/enter": server,
      "/files": server,
      "/slides": server,
      "/films": server,
      "/activities": server,
      "/healthz": server,
      "/socket.io": { target: server, ws: true },
    },
  },
  test: {
    environment: "node",
    setupFiles: ["src/text/all.ts"],
    pool: "threads",
    // A busy machine is not a fault: what a test waits for, it waits for this long.
    testTimeout: 30_000,
    projects: [
      // Loading every module anew for each file takes two thirds of the processor time.
      {
        extends: true,
        test: { name: "together", include: ["src/**/*.test.ts"], exclude: mocking, isolate: false },
      },
      { extends: true, test: { name: "alone", include: mocking } },
    ],
  },
});
