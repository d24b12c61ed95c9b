import type { Lifecycle } from './lifecycle.ts';
import type { Output } from './terminal/output.ts';
import type { Progress } from './terminal/progress.ts';

/** What every command works with. */
export interface CommandContext {
  readonly lifecycle: Lifecycle;
  readonly output: Output;
  readonly progress: Progress;
  readonly now: () => Date;
}

/** What a command does; resolves to its exit code. `options` are what Commander parsed. */
export type CommandAction = (context: CommandContext, options: unknown) => Promise<number>;
