import { createHash } from "node:crypto";
import { type LogLevel, logLevels } from "../level";
import { maskValues, wildcard } from "./mask";
import { bothOccurrences, OccurrenceCounter, type Occurrences, SlotScale } from "./occurrences";

/** A message template and how often it occurred. */
export interface TemplateCount {
  /** The same for the same text, in every chunk and every episode. */
  id: string;
  template: string;
  count: number;
  /** The first row of it. */
  firstSequence: bigint;
}

/** The same with where its rows stand; absent where nobody noted it. */
export interface LocatedTemplate extends TemplateCount {
  seen?: Occurrences;
}

interface Cluster {
  words: string[];
  id: string | null;
  count: number;
  firstSequence: bigint;
  seen: OccurrenceCounter;
}

interface Branch {
  children: Map<string, Branch>;
  clusters: Cluster[];
}

/** Words that lead down the tree before clusters are compared. */
const leadingWords = 2;
/** A place with more different words than this is a value. */
const mostChildren = 100;
/** Share of equal words from which on two messages are of one template. */
const similarity = 0.5;
const mostClusters = 1000;
const mostCached = 4000;

/**
 * Message templates after Drain (He et al., 2017): a message goes down a tree by its number of words and its first words, and
 * joins the most similar cluster there, whose differing words become wildcards. The same messages in the same order give the
 * same templates. Memory is bounded: when there are too many clusters, the rarest are given up and their rows counted as
 * `other`.
 */
export class Drain {
  private readonly lengths = new Map<number, Branch>();
  /** Clusters by masked message: most messages differ from an earlier one in values only. */
  private readonly known = new Map<string, Cluster>();
  private clusters: Cluster[] = [];
  private readonly scale = new SlotScale();
  /** Rows whose cluster was given up. */
  other = 0;

  /** Counts a message and gives the id of its template as that reads now. */
  add(message: string, sequence = 0n, at = 0, level: LogLevel = "info"): string {
    const masked = maskValues(message);
    const cluster = this.known.get(masked) ?? this.place(masked, sequence, at);
    cluster.count++;
    cluster.seen.note(sequence, at, logLevels.indexOf(level), this.slotOf(sequence));
    cluster.id ??= templateIdOf(cluster.words.join(" "));
    return cluster.id;
  }

  /** Sequence numbers in one slot of `seen.slots`; the first slot begins with the first row. */
  get slotWidth(): number {
    return this.scale.width;
  }

  /** Most frequent first. */
  templates(): Required<LocatedTemplate>[] {
    const byText = new Map<string, Required<LocatedTemplate>>();
    for (const { words, count, firstSequence, seen: counter } of this.clusters) {
      const template = words.join(" ");
      const seen = counter.toOccurrences();
      const same = byText.get(template);
      if (!same) byText.set(template, { id: templateIdOf(template), template, count, firstSequence, seen });
      else {
        same.count += count;
        same.seen = bothOccurrences(same.seen, seen, same.firstSequence <= firstSequence);
        if (firstSequence < same.firstSequence) same.firstSequence = firstSequence;
      }
    }
    return [...byText.values()].sort(byFrequency);
  }

  private slotOf(sequence: bigint): number {
    let slot = this.scale.slotOf(sequence);
    while (this.scale.isTooLong(slot)) {
      this.scale.widen();
      for (const { seen } of this.clusters) seen.widen();
      slot = this.scale.slotOf(sequence);
    }
    return slot;
  }

  private place(masked: string, sequence: bigint, at: number): Cluster {
    const words = masked.toWellFormed().split(" ");
    const branch = this.branchFor(words);
    let cluster = mostSimilar(branch.clusters, words);
    if (cluster) generalize(cluster, words);
    else {
      if (this.clusters.length >= mostClusters) this.giveUpRarest();
      const seen = new OccurrenceCounter(sequence, at);
      cluster = { words, id: null, count: 0, firstSequence: sequence, seen };
      this.clusters.push(cluster);
      // Giving up may have taken the branch out of the tree.
      this.branchFor(words).clusters.push(cluster);
    }
    if (this.known.size >= mostCached) this.known.clear();
    this.known.set(masked, cluster);
    return cluster;
  }

  private branchFor(words: string[]): Branch {
    let branch = child(this.lengths, words.length);
    for (const word of words.slice(0, leadingWords)) {
      const { children } = branch;
      const open = word.includes(wildcard) || (!children.has(word) && children.size >= mostChildren);
      branch = child(children, open ? wildcard : word);
    }
    return branch;
  }

  /** Half of the clusters at least, by count and then by age. */
  private giveUpRarest(): void {
    const ranked = [...this.clusters].sort(
      (a, b) => b.count - a.count || compare(a.firstSequence, b.firstSequence),
    );
    this.clusters = ranked.slice(0, mostClusters / 2);
    for (const { count } of ranked.slice(mostClusters / 2)) this.other += count;
    this.known.clear();
    this.lengths.clear();
    for (const cluster of this.clusters) this.branchFor(cluster.words).clusters.push(cluster);
  }
}

/** Short, and the same wherever the template is met. */
export function templateIdOf(template: string): string {
  return createHash("sha256").update(template).digest("hex").slice(0, 16);
}

export function byFrequency(a: TemplateCount, b: TemplateCount): number {
  return b.count - a.count || (a.template < b.template ? -1 : 1);
}

function child<K>(branches: Map<K, Branch>, key: K): Branch {
  let branch = branches.get(key);
  if (!branch) {
    branch = { children: new Map(), clusters: [] };
    branches.set(key, branch);
  }
  return branch;
}

/** The cluster with most equal words; among equals the one with more wildcards, then the older one. */
function mostSimilar(clusters: Cluster[], words: string[]): Cluster | null {
  let best: Cluster | null = null;
  let bestEqual = Math.max(0, similarity * words.length - 1e-9);
  let bestOpen = -1;
  for (const cluster of clusters) {
    let equal = 0;
    let open = 0;
    for (let index = 0; index < words.length; index++) {
      if (cluster.words[index] === words[index]) equal++;
      else if (cluster.words[index] === wildcard) open++;
    }
    if (equal > bestEqual || (equal >= bestEqual && open > bestOpen)) {
      best = cluster;
      bestEqual = equal;
      bestOpen = open;
    }
  }
  return best;
}

function generalize(cluster: Cluster, words: string[]): void {
  for (let index = 0; index < words.length; index++) {
    if (cluster.words[index] === words[index] || cluster.words[index] === wildcard) continue;
    cluster.words = cluster.words.with(index, wildcard);
    cluster.id = null;
  }
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
