/**
 * Every advisory lock of the database, named once, so that no two uses share a number. SQL files name theirs in a comment beside the
 * call; a migration that ran may not be edited, so a number stays with its use for ever.
 */
export const locks = {
  /** One node at a time runs migrations. */
  migrate: 7302001,
  /** One node at a time puts the queue's schema in place. */
  queue: 7302002,
  /** Counting a deal and rebuilding the figures (also in 0005_office.sql). */
  figures: 7302003,
  /** One node at a time loads the demo market. */
  demo: 7302004,
  /** The first of two numbers, the second being of the batch: one worker at a time on a batch of an import. */
  importBatch: 7302005,
  /** One node at a time seals events. */
  seal: 7302010,
  /** Held as long as a node runs whose files are its own. */
  singleNode: 7302011,
} as const;
