// Who may import whom: pages compose; the floors below them do not know each other's upstairs.
module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "floors-know-no-pages",
      severity: "error",
      from: { path: "^src/(wire|room|media|ui|text)/" },
      to: { path: "^src/pages/" },
    },
    {
      name: "cores-know-no-widgets",
      severity: "error",
      from: { path: "^src/(wire|room|media|text)/" },
      to: { path: "^src/(ui|style)/" },
    },
    {
      name: "wire-stands-alone",
      severity: "error",
      from: { path: "^src/wire/" },
      to: { path: "^src/(room|media|text)/" },
    },
    {
      name: "media-knows-no-room",
      severity: "error",
      from: { path: "^src/media/" },
      to: { path: "^src/room/" },
    },
    {
      name: "icons-only-in-ui",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ui/icon" },
      to: { path: "node_modules/lucide" },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: "(\\.d\\.ts|\\.test\\.tsx?|main\\.tsx)$" },
      to: {},
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".css", ".ftl", ".d.ts"],
      exportsFields: ["exports"],
      conditionNames: ["import", "module", "types", "default"],
    },
  },
};
