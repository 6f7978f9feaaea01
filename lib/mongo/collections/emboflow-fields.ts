/** What every collection of the emboflow data model declares alike. */
export const emboflowCollection = {
  source: "emboflow-data-model",
  writeConcern: { w: "majority" },
  readPreference: "primary",
} as const;
