/** Container nodes of the demo's projects: one from an image, one from a Dockerfile. */
export const demoCustomNodes = [
  {
    _id: "custom-node-sync-clocks",
    definitionId: "custom:sync-clocks",
    project: "models",
    name: "Sync clocks",
    slug: "sync-clocks",
    description: "Aligns the clocks of several recorders on their common events.",
    category: "robotics",
    status: "active" as const,
    contract: {
      inputs: [
        { name: "bags", type: "rosbag", required: true },
        { name: "tolerance-ms", type: "number", required: false },
      ],
      outputs: [{ name: "aligned", type: "rosbag", required: true }],
      artifactType: "intermediate task output",
    },
    source: {
      kind: "image" as const,
      image: "containers.invalid/robotics/sync-clocks:1.4.2",
      dockerfile: null,
    },
  },
  {
    _id: "custom-node-quality-gate",
    definitionId: "custom:quality-gate",
    project: "platform",
    name: "Quality gate",
    slug: "quality-gate",
    description: "Fails the run when a figure of the report is under its goal.",
    category: "checks",
    status: "active" as const,
    contract: {
      inputs: [{ name: "report", type: "json", required: true }],
      outputs: [{ name: "verdict", type: "json", required: true }],
      artifactType: "quality report",
    },
    source: {
      kind: "dockerfile" as const,
      image: "containers.invalid/platform/quality-gate:0.9.0",
      dockerfile: [
        "FROM python:3.13-slim",
        "RUN useradd --create-home gate",
        "USER gate",
        "WORKDIR /home/gate",
        "COPY gate.py .",
        'ENTRYPOINT ["python", "gate.py"]',
      ].join("\n"),
    },
  },
];
