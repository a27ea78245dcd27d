/** The Chinese tables of the public pages, a chunk of their own. */
export const tables: Record<string, string> = import.meta.glob(
  "../text/zh-CN/{common,pages,errors,book*,hours,wait}.ftl",
  { query: "?raw", import: "default", eager: true },
);
