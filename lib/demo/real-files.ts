import "server-only";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { WorkspaceScope } from "@/lib/auth/access";
import { contentOf, examineFile } from "@/lib/import/read-file";
import { importWfformatFile } from "@/lib/import/wfformat";
import { ingestStream, maxLineBytes } from "@/lib/logs/ingest-stream";
import { readLines } from "@/lib/logs/read-lines";
import { csvRows } from "./csv";
import { ingestLines } from "./logs";

const workflowRuns = [
  "helloworld-chain-5-chameleon",
  ...["001", "002", "003", "004", "005"].map((run) => `srasearch-chameleon-10a-${run}`),
  "montage-chameleon-2mass-005d-001",
  "montage-chameleon-dss-10d-001",
  "montage-chameleon-dss-15d-001",
  "cutandrun-dirt02-001",
  "bwa-chameleon-large-005",
];

const eventLogs: Record<string, string> = {
  "windows-shadow-copy": "cmd_dumping_ntds_dit_file_volume_shadow_copy",
  "windows-record-mic": "msf_record_mic_2020-06-09225055",
};

const systemLogs: Record<string, string> = {
  "hadoop-mapreduce": "Hadoop",
  "zookeeper-quorum": "Zookeeper",
  "openstack-nova": "OpenStack",
};

type Stage = (name: string, work: () => Promise<void>) => Promise<void>;

/** Some of the real files of `dataDir`, through the same code as the import command; what is not there is passed over. */
export async function importRealFiles(
  scope: WorkspaceScope,
  dataDir: string,
  stage: Stage,
  onProgress: (line: string) => void,
): Promise<void> {
  const each = async (name: string, file: string, work: (file: string) => Promise<void>) => {
    await stage(`file ${name}`, async () => {
      onProgress(name);
      await work(path.join(dataDir, file)).catch(passOverMissing(file));
    });
  };
  for (const name of workflowRuns) {
    await each(name, `workflows/wfinstances/${name}.json.gz`, async (file) => {
      await importWfformatFile(scope, file);
    });
  }
  for (const [episodeId, name] of Object.entries(eventLogs)) {
    await each(episodeId, `logs/otrf/${name}.ndjson.gz`, (file) => importEvents(scope, file, episodeId));
  }
  for (const [episodeId, system] of Object.entries(systemLogs)) {
    await each(episodeId, `logs/loghub/${system}/${system}_2k.log_structured.csv.gz`, (file) =>
      importSystemLog(scope, file, episodeId),
    );
  }
}

async function importEvents(scope: WorkspaceScope, file: string, episodeId: string): Promise<void> {
  const { sha256 } = await examineFile(file);
  const lines = readLines(contentOf(file), maxLineBytes);
  const answer = await ingestStream(scope, { episodeId, uploadId: `sha256:${sha256}`, lines });
  if (!answer.ok) throw new Error(`${file}: ${answer.message}`);
}

async function importSystemLog(scope: WorkspaceScope, file: string, episodeId: string): Promise<void> {
  const text = (await promisify(gunzip)(await readFile(file))).toString("utf8");
  await ingestLines(scope, episodeId, "demo", [...csvRows(text)].map(toLine));
}

/** `2015-10-18` and `18:01:47,978`, without a zone: taken as UTC, as they are all one machine room. */
function toLine({
  Date: day,
  Time: time,
  Level,
  Component,
  Content,
  ...rest
}: Record<string, string>): string {
  const timestamp = `${day}T${time?.replace(",", ".")}Z`;
  return JSON.stringify({ timestamp, level: Level, message: Content, component: Component, ...rest });
}

function passOverMissing(file: string): (error: unknown) => void {
  return (error) => {
    const missing = error instanceof Error && /ENOENT|no such file/i.test(error.message);
    if (!missing) throw error;
    console.warn(`${file} is not there; the demo goes on without it.`);
  };
}
