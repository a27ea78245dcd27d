import { defineConfig } from "vitest/config";

// The pages are served by the Python server; `vite` alone proxies to one that runs already.
const server = "http://127.0.0.1:8080";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../classroom/static",
    emptyOutDir: true,
    target: "es2022",
    // The policy allows files of our own only, so nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": server,
      "/enter": server,
      "/files": server,
      "/slides": server,
      "/films": server,
      "/healthz": server,
      "/socket.io": { target: server, ws: true },
    },
  },
  // A busy machine is not a fault: what a test waits for, it waits for this long.
  test: { include: ["src/**/*.test.ts"], environment: "node", testTimeout: 30_000 },
});
