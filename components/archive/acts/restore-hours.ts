/** How long restored rows stay; the server takes any whole number of hours up to thirty days. */
export const hoursOptions = [
  { value: "4", label: "4 hours" },
  { value: "24", label: "1 day" },
  { value: "72", label: "3 days" },
  { value: "168", label: "7 days" },
  { value: "720", label: "30 days" },
] as const;
export type RestoreHours = (typeof hoursOptions)[number]["value"];
