// Who may import whom: pages compose; the floors below them do not know each other's upstairs.
module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "floors-know-no-pages",
      severity: "error",
      from: { path: "^src/(wire|room|media|board|ui|text)/" },
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
      name: "board-knows-no-room",
      severity: "error",
      from: { path: "^src/board/" },
      to: { path: "^src/(room|media|pages|ui|style|text)/" },
    },
    {
      // The board is a chunk of its own: only these are light enough to come with the class.
      name: "board-comes-late",
      severity: "error",
      from: {
        path: "^src/",
        pathNot:
          "^src/(board/|recording/|pages/player/|room/board_room|pages/classroom/board/(screens|board_props|surface|cursors|editor|foot|board_menu|export_dialog|formula_dialog|selection_bar|rail|tool_settings|pages_panel|page_keys|objects_panel|news|item_facts|words|pager))",
      },
      to: {
        path: "^src/board/",
        pathNot: "^src/board/(model|keys|view_types|view_ports)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      // Public pages come to phones of people who have never been here: nothing of the class.
      name: "booking-page-is-light",
      severity: "error",
      from: { path: "^src/(book\\.tsx|booking/|pages/(book|mine)/)" },
      to: {
        path: "^src/(room|media|board|recording|pages/(classroom|green_room|player)|text/all)(/|\\.)",
        pathNot: "pages/classroom/board/save_file",
        dependencyTypesNot: ["type-only"],
      },
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
      from: {
        orphan: true,
        pathNot: "(\\.d\\.ts|\\.test\\.tsx?|main\\.tsx|book\\.tsx|text/all\\.ts)$",
      },
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
