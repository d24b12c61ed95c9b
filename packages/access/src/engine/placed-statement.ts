import type { BitSet } from '../bit-set.ts';
import type { EngineStatement } from './engine-statement.ts';
import type { EngineSource } from './source-catalogue.ts';

/** A statement in its gate. */
export interface PlacedStatement {
  readonly gate: number;
  readonly source: EngineSource;
  readonly statement: EngineStatement;
  /** In which columns the gate has this statement. */
  readonly columns: number;
  /** Over which targets; null for all of them. Always the same for one source in the same columns. */
  readonly scope: BitSet | null;
}
