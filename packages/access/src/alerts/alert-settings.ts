import type { Severity } from '../findings/finding.ts';

/** A channel for some of the findings: those that everything fits that is said. */
export interface AlertRoute {
  readonly channel: string;
  /** This severity and graver ones. */
  readonly severity: Severity;
  /** Account ids; empty stands for every account. */
  readonly accounts: readonly string[];
  /** Patterns of repository names, with `*` for any characters; empty stands for every repository. */
  readonly repositories: readonly string[];
  /** Tags of the repository of which one is enough; empty stands for any. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Times are `HH:MM` on the clock of `timeZone`, a name of the IANA database. */
export interface AlertSettings {
  /** Where people look closer, an `https` address; null is nowhere. */
  readonly link: string | null;
  /** The first that fits decides; what fits none goes where the sink sends by itself. */
  readonly routes: readonly AlertRoute[];
  readonly timeZone: string;
  /** When nobody is to be called, save for `except` and graver. From late to early passes midnight. */
  readonly quietHours: { readonly from: string; readonly to: string; readonly except: Severity } | null;
  /** This severity and lesser ones are told together, once a day. */
  readonly digest: { readonly severity: Severity; readonly at: string };
  /** Messages to one channel at a time. What is more is told in the last of them. */
  readonly messagesMax: number;
}
