import "server-only";
import type {
  AggregateOptions,
  AnyBulkWriteOperation,
  BulkWriteOptions,
  BulkWriteResult,
  ClientSession,
  Collection,
  CountDocumentsOptions,
  DeleteResult,
  Document,
  Filter,
  FindOneAndUpdateOptions,
  FindOptions,
  InsertManyResult,
  InsertOneResult,
  OptionalUnlessRequiredId,
  UpdateFilter,
  UpdateOptions,
  UpdateResult,
  WithId,
} from "mongodb";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { mongoClient, mongoDatabase } from "./client";
import type { CollectionDefinition, DocumentOf } from "./define";
import { refuseLeaving, refuseMove, refuseUndefined } from "./refuse";

type Insert<T> = Omit<T, "workspaceId">;

/**
 * A collection as one workspace sees it. Every filter, pipeline and document gets the workspace written last, so no
 * caller overrides it, and no update moves a document out. A value of `undefined` in a filter is refused: the driver
 * would match it as null.
 */
export class ScopedCollection<T extends { workspaceId: string } & Document> {
  constructor(
    private readonly collection: Collection<T>,
    private readonly workspaceId: string,
    private readonly session?: ClientSession,
  ) {}

  find(filter: Filter<T>, options: FindOptions = {}) {
    return this.collection.find<WithId<T>>(this.within(filter), { ...options, session: this.session });
  }

  findOne(filter: Filter<T>, options: FindOptions = {}): Promise<WithId<T> | null> {
    return this.collection.findOne<WithId<T>>(this.within(filter), { ...options, session: this.session });
  }

  countDocuments(filter: Filter<T>, options: CountDocumentsOptions = {}): Promise<number> {
    return this.collection.countDocuments(this.within(filter), { ...options, session: this.session });
  }

  aggregate<R extends Document>(pipeline: Document[], options: AggregateOptions = {}) {
    refuseUndefined(pipeline, "pipeline");
    refuseLeaving(pipeline);
    const scopedPipeline = [{ $match: { workspaceId: this.workspaceId } }, ...pipeline];
    return this.collection.aggregate<R>(scopedPipeline, { ...options, session: this.session });
  }

  insertOne(document: Insert<T>): Promise<InsertOneResult<T>> {
    return this.collection.insertOne(this.owned(document), { session: this.session });
  }

  insertMany(documents: Insert<T>[], options: BulkWriteOptions = {}): Promise<InsertManyResult<T>> {
    return this.collection.insertMany(
      documents.map((document) => this.owned(document)),
      { ...options, session: this.session },
    );
  }

  async updateOne(
    filter: Filter<T>,
    update: UpdateFilter<T> | Document[],
    options: UpdateOptions = {},
  ): Promise<UpdateResult<T>> {
    refuseMove(update);
    return this.collection.updateOne(this.within(filter), update, { ...options, session: this.session });
  }

  async updateMany(
    filter: Filter<T>,
    update: UpdateFilter<T> | Document[],
    options: UpdateOptions = {},
  ): Promise<UpdateResult<T>> {
    refuseMove(update);
    return this.collection.updateMany(this.within(filter), update, { ...options, session: this.session });
  }

  async findOneAndUpdate(
    filter: Filter<T>,
    update: UpdateFilter<T> | Document[],
    options: FindOneAndUpdateOptions = {},
  ): Promise<WithId<T> | null> {
    refuseMove(update);
    return this.collection.findOneAndUpdate(this.within(filter), update, {
      ...options,
      session: this.session,
      includeResultMetadata: false,
    });
  }

  /** `updateOne`/`updateMany` operations only: their filters get the workspace like any other. In their order unless `ordered` is false. */
  async bulkUpdate(
    operations: { filter: Filter<T>; update: UpdateFilter<T> | Document[]; upsert?: boolean; many?: true }[],
    options: BulkWriteOptions = {},
  ): Promise<BulkWriteResult> {
    const writes: AnyBulkWriteOperation<T>[] = operations.map(({ filter, update, upsert, many }) => {
      refuseMove(update);
      const operation = { filter: this.within(filter), update, upsert };
      return many ? { updateMany: operation } : { updateOne: operation };
    });
    return this.collection.bulkWrite(writes, { ...options, session: this.session });
  }

  deleteMany(filter: Filter<T>): Promise<DeleteResult> {
    return this.collection.deleteMany(this.within(filter), { session: this.session });
  }

  private within(filter: Filter<T>): Filter<T> {
    refuseUndefined(filter, "filter");
    return { ...filter, workspaceId: this.workspaceId };
  }

  private owned(document: Insert<T>): OptionalUnlessRequiredId<T> {
    // Nothing to write last: a thousand rows of a batch are not copied to say the same.
    if ("workspaceId" in document && document.workspaceId === this.workspaceId)
      return document as OptionalUnlessRequiredId<T>;
    return { ...document, workspaceId: this.workspaceId } as OptionalUnlessRequiredId<T>;
  }
}

type Owned<D extends CollectionDefinition> = DocumentOf<D> & { workspaceId: string };

/** The stores of one workspace. `transaction` gives the same doors inside one MongoDB transaction. */
export interface Scoped {
  collection<D extends CollectionDefinition>(definition: D): ScopedCollection<Owned<D>>;
}

export interface ScopedWithTransaction extends Scoped {
  /** Runs `work` in a transaction, again from the start when the store reports a passing conflict. */
  transaction<R>(work: (tx: Scoped) => Promise<R>): Promise<R>;
}

/** MongoDB as `scope` may see it: the only way domain code reaches a document. */
export function scoped(scope: WorkspaceScope): ScopedWithTransaction {
  return {
    ...doors(scope.workspaceId),
    transaction: (work) =>
      mongoClient().withSession((session) =>
        session.withTransaction(() => work(doors(scope.workspaceId, session)), {
          readConcern: { level: "snapshot" },
          writeConcern: { w: "majority" },
        }),
      ),
  };
}

function doors(workspaceId: string, session?: ClientSession): Scoped {
  return {
    collection: (definition) => new ScopedCollection(rawCollection(definition), workspaceId, session),
  };
}

/**
 * A collection across all workspaces, for the worker and the platform pages. What it finds is acted upon through the
 * scope of the workspace it belongs to.
 */
export function acrossWorkspaces<D extends CollectionDefinition>(
  _scope: PlatformScope,
  definition: D,
): Collection<Owned<D>> {
  return rawCollection(definition);
}

function rawCollection<D extends CollectionDefinition>(definition: D): Collection<Owned<D>> {
  return mongoDatabase().collection<Owned<D>>(definition.name, {
    writeConcern: definition.writeConcern,
    readPreference: definition.readPreference,
  });
}
